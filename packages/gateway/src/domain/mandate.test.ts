import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { expect, it } from "vitest";
import { NO_CARD_TERMS } from "./card.ts";
import { lisbonMonth, type MandateType } from "./consent.ts";
import {
  approveMandate,
  askForMandate,
  changeMandate,
  isMandate,
  type MandateCreation,
  mandateOf,
  reactivateMandate,
  suspendMandate,
} from "./mandate.ts";
import { collect } from "./methods/mandate.ts";
import type { Change, Transaction } from "./transaction.ts";

const START = new Date("2026-01-30T10:00:00.000Z");
const none = cents(0);

const blank: Transaction = {
  id: "s2000000000000000000",
  kind: "payment",
  originalId: null,
  terminalId: "52221",
  merchantTransactionId: "SUB-17",
  merchantTimestamp: "2026-01-30T10:00:00.000Z",
  description: "The gazette",
  recipientId: "S00000000000000S",
  amount: none,
  paymentType: "PURS",
  methods: ["MANDATE", "MBWAY"],
  method: null,
  outcome: "waiting",
  receivedAt: START,
  deadline: START,
  scenario: null,
  asked: null,
  terms: null,
  reference: null,
  cardTerms: NO_CARD_TERMS,
  card: null,
  mandateId: "03170048986451307711",
  consent: null,
  sums: { authorized: none, captured: none, released: none, refunded: none },
  due: null,
  version: 0,
};

/** A mandate that was consented to with that limit, for ever. */
function givenMandate(type: MandateType, limit: number): MandateCreation {
  const creation: MandateCreation = {
    ...blank,
    kind: "mandate",
    paymentType: "AUTH",
    mandateId: "03170048986451307711",
    asked: { phone: "351#919999999", at: START, answerableUntil: null },
    consent: { type, customerName: "Jane Doe", status: "PEND", limit: null, validUntil: null, collected: null },
  };
  const asked = creationIn(askForMandate(creation, START).change, creation);
  const terms = { limit: cents(limit), validUntil: "2099-12-31" };
  return creationIn(approveMandate(mandateOf(asked, START), terms, START), asked);
}

function creationIn(change: Change | null, before: MandateCreation): MandateCreation {
  const after = change?.drawnOn ?? change?.transaction ?? before;
  return isMandate(after) ? after : before;
}

type Step =
  | { readonly kind: "collect"; readonly amount: number; readonly fallsBack: boolean; readonly auth: boolean }
  | { readonly kind: "change"; readonly limit: number }
  | { readonly kind: "suspend" }
  | { readonly kind: "reactivate" }
  | { readonly kind: "wait"; readonly hours: number };

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("collect" as const),
      amount: fc.integer({ min: 1, max: 6_000 }),
      fallsBack: fc.boolean(),
      auth: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("change" as const), limit: fc.integer({ min: 1, max: 9_000 }) }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ kind: "suspend" as const }, { kind: "reactivate" as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 500 }) }) },
);

/** What was collected without asking: when, how much, and the limit in force then. */
interface Taken {
  readonly month: string;
  readonly amount: number;
  readonly limit: number;
}

function takenBy(type: MandateType, limit: number, steps: readonly Step[]): Taken[] {
  let creation = givenMandate(type, limit);
  let now = START;
  const taken: Taken[] = [];
  for (const one of steps) {
    const mandate = mandateOf(creation, now);
    if (one.kind === "wait") now = new Date(now.getTime() + one.hours * 3_600_000);
    else if (one.kind === "suspend") creation = creationIn(suspendMandate(mandate, now), creation);
    else if (one.kind === "reactivate") creation = creationIn(reactivateMandate(mandate, now), creation);
    else if (one.kind === "change") {
      creation = creationIn(changeMandate(mandate, { limit: cents(one.limit), validUntil: null }, now), creation);
    } else {
      const payment: Transaction = {
        ...blank,
        amount: cents(one.amount),
        paymentType: one.auth ? "AUTH" : "PURS",
        deadline: new Date(now.getTime() + 600_000),
      };
      const made = collect(payment, mandate, one.fallsBack, now);
      if (made.kind !== "done") throw new Error(made.kind);
      const { method, outcome } = made.change.transaction;
      if (method === "MANDATE" && outcome === "approved") {
        expect(mandate.status).toBe("ACTV");
        taken.push({ month: lisbonMonth(now), amount: one.amount, limit: mandate.limit ?? 0 });
      }
      creation = creationIn(made.change, creation);
    }
  }
  return taken;
}

const run = (property: (limit: number, steps: readonly Step[]) => void) =>
  fc.assert(fc.property(fc.integer({ min: 1, max: 9_000 }), fc.array(step, { maxLength: 60 }), property), {
    numRuns: 2_000,
  });

it("what a subscription collects within a month never exceeds the limit in force, whatever comes in whatever order", () => {
  run((limit, steps) => {
    const sums = new Map<string, number>();
    for (const { month, amount, limit: inForce } of takenBy("SUBSCRIPTION", limit, steps)) {
      const sum = (sums.get(month) ?? 0) + amount;
      expect(sum).toBeLessThanOrEqual(inForce);
      sums.set(month, sum);
    }
  });
});

it("what is collected by a one-click mandate is never above the limit in force, and nothing within it is kept back", () => {
  run((limit, steps) => {
    const taken = takenBy("ONECLICK", limit, steps);
    for (const { amount, limit: inForce } of taken) expect(amount).toBeLessThanOrEqual(inForce);
    const neverChanged = steps.every(({ kind }) => kind === "collect" || kind === "wait");
    const within = steps.filter((one) => one.kind === "collect" && one.amount <= limit);
    if (neverChanged) expect(taken).toHaveLength(within.length);
  });
});
