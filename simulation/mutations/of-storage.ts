import type { Mutation } from "./mutated.ts";

const SERVER = "packages/server/src";

/** What is written, and who is told. */
export const OF_STORAGE: readonly Mutation[] = [
  {
    name: "a decision counts as written where somebody else was quicker",
    file: `${SERVER}/storage/journal.ts`,
    before: "if (!isWritten) {",
    after: "if (isWritten === null) {",
  },
  {
    name: "an event is not written with its decision",
    file: `${SERVER}/storage/journal.ts`,
    before: "        events,\n        keys: facts.flatMap(kind.keysIn),",
    after: "        events: [],\n        keys: facts.flatMap(kind.keysIn),",
  },
  {
    name: "the key of a request is not written with what it made",
    file: `${SERVER}/storage/journal.ts`,
    before: "        keys: facts.flatMap(kind.keysIn),\n        request: requestOf(request, given),",
    after: "        keys: facts.flatMap(kind.keysIn),\n        request: null,",
  },
  {
    name: "nobody is told that a payment is paid",
    file: `${SERVER}/domain/payment/events-of.ts`,
    before: 'return [event("payment.paid")];',
    after: "return [];",
  },
  {
    name: "events are numbered from the first each time",
    file: `${SERVER}/storage/journal.ts`,
    before: "const events = this.parts.eventsOf(steps, before.sequence, given);",
    after: "const events = this.parts.eventsOf(steps, 0, given);",
  },
  {
    name: "an event does not wait for the one before it",
    file: "simulation/store/server/deliveries.ts",
    before: "return first === undefined || Number(first.sequence) >= Number(sequence);",
    after: "return first === undefined || Number(sequence) > 0;",
  },
  {
    name: "an event is delivered whatever was answered",
    file: `${SERVER}/events/send.ts`,
    before: 'const failure = status >= 200 && status < 300 ? null : "refused";',
    after: "const failure = null;",
  },
  {
    name: "an event is delivered though nobody answered",
    file: `${SERVER}/events/send.ts`,
    before: "return { status: null, failure: failureOf(error), sparedFor: 0, ms: ms() };",
    after: "return { status: null, failure: null, sparedFor: 0, ms: ms() };",
  },
  {
    name: "an event that was answered 200 is not delivered",
    file: `${SERVER}/events/send.ts`,
    before: "status >= 200 && status < 300",
    after: "status > 200 && status < 300",
  },
  {
    name: "a lost connection is judged to be none",
    file: "packages/platform/src/postgres/away.ts",
    before: "return error instanceof TypeError || error instanceof RangeError ? error : new DatabaseAway(error, true);",
    after: "return error;",
  },
  {
    name: "a lease is not looked at",
    file: "simulation/store/due.ts",
    before: "until == null || Number(until) < tables.now;",
    after: "until == null || Number(until) < tables.now || Number(until) > 0;",
  },
];
