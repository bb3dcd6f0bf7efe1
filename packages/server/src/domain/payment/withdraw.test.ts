import { describe, expect, it } from "vitest";
import { isRefusal } from "../decision.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../time.ts";
import { doubtAttempt } from "./begin.ts";
import { after } from "./decision.ts";
import { nextDue, tasksOf } from "./due.ts";
import { cancel } from "./end.ts";
import type { Fact } from "./facts.ts";
import { hear, hearNothing } from "./hear.ts";
import type { Payment } from "./state.ts";
import { at, mbwayWaiting, paymentAfter, referenceWaiting, said, saidOfReference, TEN } from "./testing/builders.ts";
import { withdrawalDone, withdrawalRefused, withdrawReference } from "./withdraw.ts";

const WITHDRAW = { do: "withdraw_reference", attempt: "att_1" };
const unpaid = saidOfReference("Pending", "UNPAID");

/** A reference whose call was sent at ten o'clock, and whose answer was lost. */
const inDoubt: readonly Fact[] = [
  ...referenceWaiting(TEN).slice(0, 2),
  { kind: "attempt_in_doubt", at: TEN, attempt: "att_1" },
];

function canceled(payment: Payment, now = TEN + SECOND): Payment {
  const decision = cancel(payment, at(now));
  return after(payment, isRefusal(decision) ? [] : decision);
}

const heard = (payment: Payment, now: number, report = unpaid) =>
  after(payment, hear(payment, "att_1", report, at(now)));

function sent(payment: Payment, now: number): Payment {
  const decision = withdrawReference(payment, "att_1", at(now));
  if (isRefusal(decision)) throw new Error(decision.refused);
  return after(payment, decision);
}

describe("a reference of a payment that is over", () => {
  it("is withdrawn at once where it is known", () => {
    const over = canceled(paymentAfter(referenceWaiting(TEN)));
    expect(nextDue(over)).toBeLessThanOrEqual(TEN + SECOND);
    expect(tasksOf(over, at(TEN + SECOND))).toContainEqual(WITHDRAW);
    const done = sent(over, TEN + SECOND);
    expect(after(done, withdrawalDone(done, "att_1", at(TEN + SECOND))).attempts[0]?.status).toBe("canceled");
  });

  it("is withdrawn when it becomes known only after the payment was over", () => {
    const over = canceled(paymentAfter(inDoubt));
    expect(tasksOf(over, at(TEN + HOUR))).not.toContainEqual(WITHDRAW);
    const known = heard(over, TEN + HOUR);
    expect(known.attempts[0]).toMatchObject({ status: "pending", inDoubt: false });
    expect(tasksOf(known, at(TEN + HOUR))).toContainEqual(WITHDRAW);
  });

  it("is withdrawn when the payment was paid by another attempt", () => {
    const timedOut: Fact = {
      kind: "attempt_ended",
      at: TEN + 6 * MINUTE,
      attempt: "att_0",
      status: "timed_out",
      failure: { reason: "not_answered", code: null, message: "", next: null },
    };
    const both = paymentAfter([...mbwayWaiting(TEN, "att_0"), timedOut, ...referenceWaiting(TEN + 7 * MINUTE)]);
    const paid = after(both, hear(both, "att_0", said("Success"), at(TEN + 8 * MINUTE)));
    expect(paid.status).toBe("paid");
    expect(tasksOf(paid, at(TEN + 8 * MINUTE))).toContainEqual(WITHDRAW);
  });

  it("is withdrawn until SIBS agrees, or it ends", () => {
    let payment = canceled(paymentAfter(referenceWaiting(TEN)));
    let tries = 0;
    for (let due = nextDue(payment); due !== null && tries < 1_000; due = nextDue(payment)) {
      const now = Math.max(due, TEN + SECOND);
      if (now >= TEN + 3 * DAY) break;
      if (tasksOf(payment, at(now)).some((task) => task.do === "withdraw_reference")) {
        tries += 1;
        const refused = sent(payment, now);
        payment = after(refused, withdrawalRefused(refused, "att_1", at(now)));
      }
      payment = heard(payment, now);
    }
    expect(tries).toBe((3 * DAY) / (10 * MINUTE));
    expect(nextDue(payment)).toBeGreaterThanOrEqual(TEN + 3 * DAY);
  });

  it("is asked about within seconds where SIBS would not withdraw it, whoever was to ask why", () => {
    for (const payment of [paymentAfter(referenceWaiting(TEN)), canceled(paymentAfter(referenceWaiting(TEN)))]) {
      const asked = sent(payment, TEN + 2 * SECOND);
      const refused = after(asked, withdrawalRefused(asked, "att_1", at(TEN + 3 * SECOND)));
      const unanswered = after(refused, hearNothing(refused, "att_1", at(TEN + 4 * SECOND)));
      for (const one of [refused, unanswered])
        expect(tasksOf(one, at(TEN + 13 * SECOND))).toContainEqual(expect.objectContaining({ do: "ask_attempt" }));
    }
  });

  it("is withdrawn again when the answer to its withdrawal is lost and SIBS holds it to be payable still", () => {
    const over = sent(canceled(paymentAfter(referenceWaiting(TEN))), TEN + SECOND);
    let payment = after(over, doubtAttempt(over, "att_1", at(TEN + 11 * SECOND)));
    expect(tasksOf(payment, at(TEN + MINUTE))).not.toContainEqual(WITHDRAW);
    for (const wait of [12, 73]) payment = heard(payment, TEN + wait * SECOND);
    expect(tasksOf(payment, at(TEN + 73 * SECOND + 10 * MINUTE))).toContainEqual(WITHDRAW);
  });
});

describe("a reference whose call counted as never sent", () => {
  /** SIBS said for a minute that it had not arrived, and then has it after all. */
  function found(): Payment {
    const missing = said("Pending", { paymentMethod: null, paymentType: null });
    let payment = paymentAfter(inDoubt);
    for (const wait of [2, 63]) payment = heard(payment, TEN + wait * SECOND, missing);
    expect(payment.attempts[0]).toMatchObject({ status: "failed", failure: { reason: "not_sent" } });
    return heard(payment, TEN + 3 * MINUTE);
  }

  it("is withdrawn when it turns out to exist, whatever its payment is", () => {
    for (const payment of [found(), canceled(found(), TEN + 4 * MINUTE)]) {
      expect(tasksOf(payment, at(TEN + 5 * MINUTE))).toContainEqual(WITHDRAW);
      const done = sent(payment, TEN + 5 * MINUTE);
      const agreed = after(done, withdrawalDone(done, "att_1", at(TEN + 5 * MINUTE)));
      expect(agreed.attempts[0]).toMatchObject({ status: "failed", failure: { reason: "not_sent" } });
      expect(tasksOf(agreed, at(TEN + HOUR))).not.toContainEqual(WITHDRAW);
    }
  });

  it("pays when it was paid before it could be withdrawn", () => {
    const refused = sent(found(), TEN + 5 * MINUTE);
    const payment = after(refused, withdrawalRefused(refused, "att_1", at(TEN + 5 * MINUTE)));
    expect(heard(payment, TEN + 6 * MINUTE, saidOfReference("Success", "PAID"))).toMatchObject({ status: "paid" });
  });

  it("is asked about when the answer to its withdrawal is lost, until SIBS says that it is withdrawn", () => {
    const lost = sent(found(), TEN + 5 * MINUTE);
    const doubted = after(lost, doubtAttempt(lost, "att_1", at(TEN + 6 * MINUTE)));
    expect(doubted.attempts[0]).toMatchObject({ inDoubt: true });
    const gone = heard(doubted, TEN + 7 * MINUTE, saidOfReference("Pending", "CANC"));
    expect(gone.attempts[0]).toMatchObject({ status: "failed", inDoubt: false });
    expect(tasksOf(gone, at(TEN + HOUR))).not.toContainEqual(WITHDRAW);
  });
});
