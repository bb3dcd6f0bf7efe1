import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { type Given, isRefusal } from "../decision.ts";
import type { OperationId } from "../identifiers.ts";
import { expectSame, propertiesOf } from "../testing/properties.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../time.ts";
import { ABSENT_FOR } from "./absence.ts";
import { withLooks } from "./apply-looks.ts";
import type { Decision } from "./decision.ts";
import { after } from "./decision.ts";
import type { Fact, Recorded } from "./facts.ts";
import { type Beside, hearNotFound } from "./not-found.ts";
import {
  doubtOperation,
  hearNothingOfOperation,
  hearOperation,
  notifiedOfOperation,
  refuseOperation,
  requestCancellation,
  requestCapture,
  requestRefund,
  sendOrPutOff,
} from "./operate.ts";
import { isInSums, isUnderWay, type Operation } from "./operation.ts";
import { requestOwed } from "./owed.ts";
import { unprovedBefore } from "./resend.ts";
import type { Payment } from "./state.ts";
import {
  asKnown,
  created,
  kept,
  mbwayWaiting,
  newPayment,
  replayed,
  replaying,
  said,
  TEN,
  written,
} from "./testing/builders.ts";

/** What SIBS did of each operation that was sent: it did it, refused it, or never heard of it. */
type Outcome = "done" | "refused" | "lost";

/** A life whose every operation has a outcome at SIBS, which is not told at once. */
class Life {
  /** All that happened, every look-up included. */
  readonly journal: Recorded[] = [];
  /** What of it is written down. */
  readonly lines: Recorded[] = [];
  payment: Payment;
  /** The same payment, had every look-up been written down. */
  told: Payment;
  now: Instant = TEN;
  readonly outcomes = new Map<string, Outcome>();
  #count = 0;

  constructor(start: readonly Fact[], capture: "automatic" | "manual") {
    this.journal.push(created(newPayment({ capture })));
    this.lines.push(...this.journal);
    this.payment = replayed(this.journal);
    this.told = this.payment;
    this.decide(start);
  }

  given(): Given {
    return { now: this.now, id: (prefix) => `${prefix}_${++this.#count}` };
  }

  decide(decision: Decision): readonly Fact[] {
    const facts = isRefusal(decision) ? [] : decision;
    const [inFull, asKept] = [written(this.told, facts), kept(this.payment, facts)];
    this.journal.push(...inFull.lines);
    this.lines.push(...asKept.lines);
    this.told = inFull.payment;
    this.payment = asKept.payment;
    return facts;
  }

  /** Sends what may be sent, with this outcome, and loses the answer. */
  send(id: OperationId, outcome: Outcome): readonly Fact[] {
    const sent = this.decide(sendOrPutOff(this.payment, id, this.given()));
    if (sent.some(({ kind }) => kind === "operation_sent")) this.lose(id, outcome);
    return sent;
  }

  lose(id: OperationId, outcome: Outcome): void {
    this.outcomes.set(id, outcome);
    this.decide(doubtOperation(this.payment, id, this.given()));
  }

  /** Looks an operation up: what SIBS shows is true, but it may not show it yet. */
  lookUp(id: OperationId, { shows, beside }: { readonly shows: boolean; readonly beside: boolean }): readonly Fact[] {
    const outcome = this.outcomes.get(id) ?? "lost";
    if (shows && outcome !== "lost") {
      const report = said(outcome === "done" ? "Success" : "Declined", { transactionId: `s2_${id}` });
      return this.decide(hearOperation(this.payment, id, report, this.given()));
    }
    const control: Beside | null = beside ? { control: "rfd_later", askedAt: this.now } : null;
    return this.decide(hearNotFound(this.payment, id, control, this.given()));
  }

  find(id: OperationId): Operation | undefined {
    return this.payment.operations.find((one) => one.id === id);
  }
}

interface Step {
  readonly waitMs: number;
  readonly place: number;
  readonly what: "look" | "ask" | "send" | "request" | "silence" | "notice" | "refuse" | "stale";
  readonly shows: boolean;
  readonly beside: boolean;
  readonly outcome: Outcome;
  readonly amount: number | null;
}

const often = <T>(...values: T[]) => fc.constantFrom(...values);
const step: fc.Arbitrary<Step> = fc.record({
  waitMs: fc.oneof(
    often(7 * MINUTE, 7 * MINUTE, 8 * MINUTE),
    fc.integer({ min: 0, max: 20 * MINUTE }),
    often(HOUR, DAY),
  ),
  place: fc.nat(4),
  // it takes ten looks in a row to conclude anything
  what: fc.oneof(
    { weight: 12, arbitrary: fc.constant<Step["what"]>("look") },
    {
      weight: 8,
      arbitrary: often<Step["what"]>("ask", "send", "send", "request", "silence", "notice", "refuse", "stale"),
    },
  ),
  shows: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
  beside: fc.integer({ min: 0, max: 9 }).map((one) => one > 0),
  outcome: often("done", "lost", "lost", "refused"),
  amount: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 550 })),
});

const approved = (hold: boolean, use: "payment" | "late" = "payment"): Fact => ({
  kind: "attempt_approved",
  at: TEN,
  attempt: "att_1",
  for: use,
  amount: cents(550),
  hold,
  reference: null,
});
const byItself = (operation: OperationId, operationKind: "refund" | "capture", reason: "late" | "automatic"): Fact => ({
  kind: "operation_requested",
  at: TEN,
  operation,
  operationKind,
  attempt: "att_1",
  amount: cents(550),
  reason,
});
const starts = {
  paid: [...mbwayWaiting(TEN), approved(false)],
  held: [...mbwayWaiting(TEN), approved(true)],
  captured: [...mbwayWaiting(TEN), approved(true), byItself("cap_0", "capture", "automatic")],
  late: [
    ...mbwayWaiting(TEN),
    { kind: "payment_canceled", at: TEN } as const,
    approved(false, "late"),
    byItself("rfd_0", "refund", "late"),
  ],
} as const satisfies Record<string, readonly Fact[]>;

const life = fc.record({
  start: often(...(Object.keys(starts) as (keyof typeof starts)[])),
  steps: fc.array(step, { minLength: 20, maxLength: 60 }),
});

function take(one: Life, { what, place, shows, beside, outcome, amount }: Step): void {
  const { payment } = one;
  const id = payment.operations[place % Math.max(1, payment.operations.length)]?.id ?? "rfd_none";
  // most looks are at what is in doubt
  const doubtful = payment.operations.find(({ status }) => status === "in_doubt")?.id ?? id;
  const given = one.given();
  switch (what) {
    case "look":
      return void one.lookUp(doubtful, { shows, beside });
    case "ask":
      return void one.lookUp(id, { shows, beside });
    case "send": {
      const waiting = payment.operations.find((each) => isUnderWay(each) && each.sentAt === null);
      if (waiting === undefined) return;
      for (const earlier of unprovedBefore(payment, waiting)) one.lookUp(earlier.id, { shows, beside: false });
      return void one.send(waiting.id, outcome);
    }
    case "request": {
      const request = [requestRefund, requestCapture, requestCancellation][place % 3] ?? requestRefund;
      const asked = request(
        payment,
        { id: given.id("rfd"), amount: amount === null ? null : cents(amount), limit: null },
        given,
      );
      for (const fact of one.decide(asked)) if (fact.kind === "operation_sent") one.lose(fact.operation, outcome);
      return;
    }
    case "silence":
      return void one.decide(hearNothingOfOperation(payment, id, "no answer", given));
    case "notice":
      return void one.decide(notifiedOfOperation(payment, id, { notification: "n", transactionId: null }, given));
    case "refuse":
      if (one.outcomes.get(id) === "lost")
        one.decide(refuseOperation(payment, id, { code: "E0528", unheard: false }, given));
      return;
    case "stale":
      one.decide(hearNotFound(payment, id, { control: "rfd_later", askedAt: one.now - MINUTE - SECOND }, given));
  }
}

interface Seen {
  readonly one: Life;
  readonly facts: readonly Fact[];
  readonly before: Payment;
}

/** Lives a life to its end, and looks at it after each step. */
function live({ start, steps }: typeof life extends fc.Arbitrary<infer One> ? One : never, look: (seen: Seen) => void) {
  const one = new Life(starts[start], start === "held" ? "manual" : "automatic");
  for (const next of steps) {
    one.now += next.waitMs;
    const [before, from] = [one.payment, one.journal.length];
    take(one, next);
    for (const { id } of one.payment.attempts) one.decide(requestOwed(one.payment, id, one.given()));
    look({ one, facts: one.journal.slice(from), before });
  }
}

const always = propertiesOf({ lives: life, live, runs: 1_000 });

const isConclusion = (fact: Fact) =>
  fact.kind === "operation_failed" && fact.saidBy === "absence" && fact.failure.reason === "not_sent";

describe("what is never found by its own id", () => {
  {
    let concluded = 0;
    always(
      "counts as never sent only after ten look-ups that count, over an hour, and never once SIBS has spoken of it",
      {
        step: ({ one, facts }) => {
          for (const fact of facts) {
            if (!isConclusion(fact) || fact.kind !== "operation_failed") continue;
            concluded += 1;
            const about = one.journal.filter((each) => "operation" in each && each.operation === fact.operation);
            const counted = about.filter(({ kind }) => kind === "operation_not_found").map(({ at }) => at);
            expect(counted.length).toBeGreaterThanOrEqual(10);
            expect((counted.at(-1) ?? 0) - (counted[0] ?? 0)).toBeGreaterThanOrEqual(ABSENT_FOR.operation);
            const times = [...counted.entries()].slice(1);
            for (const [place, at] of times) expect(at - (counted[place - 1] ?? at)).toBeGreaterThanOrEqual(6 * MINUTE);
            expect(about.some(({ kind }) => kind === "operation_notified")).toBe(false);
            expect(one.find(fact.operation)).toMatchObject({ unprovedSince: fact.at, askAt: fact.at + DAY });
            // what proves it is told by the line that concludes
            const since = about.findLastIndex(({ kind }) => kind === "operation_postponed");
            const proofs = about.slice(since + 1).filter(({ kind }) => kind === "operation_not_found");
            const [first, last] = [proofs[0]?.at, proofs.at(-1)?.at];
            expect(fact.absence).toEqual({ count: proofs.length, since: first, lastAt: last });
          }
        },
        all: () => {
          expect(concluded).toBeGreaterThan(10);
        },
      },
    );
  }

  always(
    "is sent anew only after SIBS was asked again about what went before, at most a minute ago",
    ({ facts, before }) => {
      let payment = before;
      for (const fact of facts) {
        const operation = fact.kind === "operation_sent" && payment.operations.find(({ id }) => id === fact.operation);
        if (operation) {
          for (const earlier of unprovedBefore(payment, operation)) {
            expect(fact.at - (earlier.lookedUpAt ?? 0)).toBeLessThan(MINUTE);
          }
        }
        payment = after(payment, [fact]);
      }
    },
  );

  always(
    "and must happen by itself is asked for anew, one at a time, until it is done or SIBS refuses it",
    ({ one: { payment } }) => {
      const own = payment.operations.filter(({ reason }) => reason === "late" || reason === "automatic");
      const open = own.filter(isUnderWay);
      expect(open.length).toBeLessThanOrEqual(1);
      const last = own.at(-1);
      if (last !== undefined) expect(last.failure?.reason).not.toBe("not_sent");
    },
  );

  always("comes to the sums as SIBS has them, once SIBS shows all", {
    end: (last) => {
      const { one } = last ?? {};
      if (one === undefined) return;
      one.now += 40 * DAY;
      for (const { id } of one.payment.operations) one.lookUp(id, { shows: true, beside: false });
      const done = (kind: Operation["kind"]) =>
        one.payment.operations
          .filter((each) => each.kind === kind && isInSums(each) && one.outcomes.get(each.id) === "done")
          .reduce((sum, { amount }) => sum + amount, 0);
      const { amountCaptured, amountReleased, amountRefunded, amountAuthorized, operations, fundedBy } = one.payment;
      const wasHeld = one.journal.some((fact) => fact.kind === "attempt_approved" && fact.hold);
      expect(amountRefunded).toBe(done("refund"));
      expect(amountReleased).toBe(done("cancellation"));
      expect(amountCaptured).toBe(wasHeld || fundedBy === null ? done("capture") : amountAuthorized);
      for (const each of operations) {
        const outcome = one.outcomes.get(each.id);
        if (outcome === "done") expect(each.status).toBe("succeeded");
        if (outcome === "refused") expect(each.status).toBe("failed");
      }
    },
  });

  always(
    "raises attention whenever what counted as never sent was done, and stops what would be sent in its place",
    ({ one, facts, before }) => {
      for (const fact of facts) {
        if (fact.kind !== "operation_succeeded") continue;
        const was = before.operations.find(({ id }) => id === fact.operation);
        if (was?.status !== "failed") continue;
        expect(facts.some((each) => each.kind === "attention_raised" && each.reason === "proved_after_all")).toBe(true);
        const waiting = one.payment.operations.filter((each) => isUnderWay(each) && each.sentAt === null);
        expect(waiting.filter((each) => each.kind === was.kind && each.attempt === was.attempt)).toEqual([]);
      }
    },
  );

  const read = replaying();
  always("is what its journal says, and survives being stored", ({ one: { payment, told, lines } }) => {
    expectSame({ ...withLooks(read(lines), payment.looks), looked: payment.looked }, payment);
    expectSame(asKnown(payment), asKnown(told));
    expectSame(JSON.parse(JSON.stringify(payment)), payment);
  });
});
