import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AsOf, asOf } from "./asked.ts";
import type { Given } from "./decision.ts";
import { hearMandate, hearNothingOfMandate, notifiedOfMandate } from "./mandate/hear.ts";
import { afterMandate, recordedOfMandate } from "./mandate/record.ts";
import { askedFor } from "./mandate/testing/builders.ts";
import { NOTHING } from "./mandate/testing/lives.ts";
import { doubtAttempt, endRefused } from "./payment/begin.ts";
import type { Fact } from "./payment/facts.ts";
import { hear, hearNothing, notifiedOfAttempt } from "./payment/hear.ts";
import { doubtOperation, hearNothingOfOperation, notifiedOfOperation } from "./payment/operate.ts";
import { NO_ANSWER } from "./payment/operation.ts";
import type { Payment } from "./payment/state.ts";
import {
  at,
  kept,
  mbwaySent,
  mbwayWaiting,
  paymentAfter,
  refundInDoubt,
  refundSent,
  said,
  TEN,
} from "./payment/testing/builders.ts";
import { type Instant, MINUTE, SECOND } from "./time.ts";

/** What SIBS is asked about, and notifies. */
interface Subject<State, F extends AsOf> {
  readonly begun: State;
  readonly after: (state: State, facts: readonly F[]) => State;
  readonly askAt: (state: State) => Instant | null;
  readonly notified: (state: State, given: Given) => readonly F[];
  /** What an inquiry may bring that concludes nothing. */
  readonly answers: readonly ((state: State, given: Given) => readonly F[])[];
}

const afterFacts = (payment: Payment, facts: readonly Fact[]): Payment => kept(payment, facts).payment;

const attempt: Subject<Payment, Fact> = {
  begun: paymentAfter(mbwayWaiting(TEN)),
  after: afterFacts,
  askAt: ({ attempts }) => attempts[0]?.askAt ?? null,
  notified: (payment, given) =>
    notifiedOfAttempt(payment, "att_1", { notification: "n", success: false, paid: false }, given),
  answers: [
    (payment, given) => hear(payment, "att_1", said("Pending"), given),
    (payment, given) => hearNothing(payment, "att_1", given),
  ],
};

const operation: Subject<Payment, Fact> = {
  begun: paymentAfter(refundInDoubt(TEN)),
  after: afterFacts,
  askAt: ({ operations }) => operations[0]?.askAt ?? null,
  notified: (payment, given) =>
    notifiedOfOperation(payment, "rfd_1", { notification: "n", transactionId: null }, given),
  answers: [
    (payment, given) => hearNothingOfOperation(payment, "rfd_1", NO_ANSWER, given),
    (payment, given) => hearNothingOfOperation(payment, "rfd_1", "Pending", given),
  ],
};

const mandate: Subject<Parameters<typeof afterMandate>[0], Parameters<typeof afterMandate>[1][number]> = {
  begun: askedFor(TEN),
  after: afterMandate,
  askAt: ({ askAt }) => askAt,
  notified: (state, given) => {
    const notice = { notification: "n", action: "CRTN", actionStatus: "SCCS", transactionId: "t", mandateId: "m" };
    return notifiedOfMandate(state, notice, given);
  },
  answers: [(state, given) => hearMandate(state, NOTHING, given), hearNothingOfMandate],
};

/** Three moments within a minute, in their order. */
const MOMENTS = fc
  .uniqueArray(fc.integer({ min: 1, max: 60_000 }), { minLength: 3, maxLength: 3 })
  .map((list) => list.sort((one, other) => one - other).map((ms) => TEN + ms) as [Instant, Instant, Instant]);

function holds<State, F extends AsOf>({ begun, after, askAt, notified, answers }: Subject<State, F>): void {
  it("is due still where it was notified while SIBS was being asked: the answer is of before", () => {
    for (const answer of answers) {
      fc.assert(
        fc.property(MOMENTS, ([askedAt, notifiedAt, answeredAt]) => {
          const known = after(begun, notified(begun, at(notifiedAt)));
          expect(askAt(known)).toBe(notifiedAt);
          const heard = after(known, asOf(askedAt, answer(known, at(answeredAt))));
          expect(askAt(heard)).toBe(notifiedAt);
        }),
      );
    }
  });

  it("is asked about later where SIBS was asked after it was notified", () => {
    for (const answer of answers) {
      fc.assert(
        fc.property(MOMENTS, ([notifiedAt, askedAt, answeredAt]) => {
          const known = after(begun, notified(begun, at(notifiedAt)));
          const heard = after(known, asOf(askedAt, answer(known, at(answeredAt))));
          expect(askAt(heard)).toBeGreaterThan(answeredAt);
        }),
      );
    }
  });
}

describe("an attempt", () => {
  holds(attempt);

  it("is asked about once more where it was declined, and SIBS, notified of that again, did not answer", () => {
    const ended = attempt.after(attempt.begun, hear(attempt.begun, "att_1", said("Declined"), at(TEN + 1)));
    const known = attempt.after(ended, attempt.notified(ended, at(TEN + 3)));
    const heard = attempt.after(known, asOf(TEN + 2, hearNothing(known, "att_1", at(TEN + 4))));
    expect(attempt.askAt(heard)).toBe(TEN + 3);
  });

  const paid = (payment: Payment, now: Instant) =>
    notifiedOfAttempt(payment, "att_1", { notification: "n", success: true, paid: true }, at(now));
  const approved = (payment: Payment) => asOf(TEN + 2, hear(payment, "att_1", said("Success"), at(TEN + 5)));

  it("is paid by one answer, where what came meanwhile said that it is", () => {
    const known = attempt.after(attempt.begun, paid(attempt.begun, TEN + 3));
    expect(attempt.askAt(attempt.after(known, approved(known)))).toBeNull();
  });

  it("is asked about once more where what came meanwhile says that it is not", () => {
    const claimed = attempt.after(attempt.begun, paid(attempt.begun, TEN + 1));
    const known = attempt.after(claimed, attempt.notified(claimed, at(TEN + 3)));
    expect(attempt.askAt(attempt.after(known, approved(known)))).toBe(TEN + 3);
  });
});
describe("an operation", () => holds(operation));
describe("a mandate", () => holds(mandate));

it("is not in the journal when SIBS was asked", () => {
  const { lines } = kept(attempt.begun, asOf(TEN + 1, hear(attempt.begun, "att_1", said("Declined"), at(TEN + 2))));
  expect(lines.map(({ kind }) => kind)).toEqual(["attempt_ended"]);
  expect(lines.filter((line) => "askedAt" in line)).toEqual([]);
  const asked = asOf(TEN + 1, hearNothingOfMandate(mandate.begun, at(TEN + 2)));
  expect(asked.map((fact) => recordedOfMandate(mandate.begun, fact, null))).toEqual([
    expect.not.objectContaining({ askedAt: TEN + 1 }),
  ]);
});

describe("what is doubted because its answer is overdue, after SIBS has notified it,", () => {
  const [notifiedAt, overdue] = [at(TEN + SECOND), at(TEN + MINUTE)];

  it("is due still where it is an attempt: nobody has asked yet", () => {
    const told = afterFacts(paymentAfter(mbwaySent(TEN)), attempt.notified(paymentAfter(mbwaySent(TEN)), notifiedAt));
    const doubted = afterFacts(told, doubtAttempt(told, "att_1", overdue));
    expect(doubted.attempts).toMatchObject([{ inDoubt: true, askAt: TEN + SECOND }]);
  });

  it("is due still where SIBS refuses the call after it", () => {
    const told = afterFacts(paymentAfter(mbwaySent(TEN)), attempt.notified(paymentAfter(mbwaySent(TEN)), notifiedAt));
    const refused = afterFacts(told, endRefused(told, "att_1", "E0504", overdue));
    expect(refused.attempts).toMatchObject([{ status: "failed", askAt: TEN + SECOND }]);
  });

  it("is due still where it is a refund", () => {
    const sent = paymentAfter(refundSent(TEN));
    const told = afterFacts(sent, operation.notified(sent, notifiedAt));
    const doubted = afterFacts(told, doubtOperation(told, "rfd_1", overdue));
    expect(doubted.operations).toMatchObject([{ status: "in_doubt", askAt: TEN + SECOND }]);
  });
});
