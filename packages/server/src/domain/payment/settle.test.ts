import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { isRefusal } from "../decision.ts";
import { doubtAttempt } from "./begin.ts";
import type { Decision } from "./decision.ts";
import { after } from "./decision.ts";
import { eventsOf } from "./events-of.ts";
import type { Fact } from "./facts.ts";
import { hear, notifiedOfAttempt } from "./hear.ts";
import { hearOperation } from "./operate.ts";
import { requestReturn, resolveAttention, settleAttempt } from "./settle.ts";
import { type Payment, returnable } from "./state.ts";
import {
  at,
  DAY,
  HOUR,
  MINUTE,
  mbwaySent,
  mbwayWaiting,
  paymentAfter,
  referenceWaiting,
  said,
  saidOfReference,
  TEN,
} from "./testing/builders.ts";
import { withdrawalDueAt, withdrawReference } from "./withdraw.ts";

const SAID = { note: "Seen in SIBS Backoffice.", by: { type: "shop", id: null, name: null } } as const;
const NOT_PAID = { ...SAID, attempt: "att_1", outcome: "not_paid", amount: null, transactionId: null } as const;
const APPROVED = { ...NOT_PAID, outcome: "approved", amount: cents(550) } as const;

/** The state after a decision that is not refused. */
function done(payment: Payment, decision: Decision): Payment {
  if (isRefusal(decision)) throw new Error(`refused: ${decision.refused}`);
  return after(payment, decision);
}

const inDoubt = (facts: readonly Fact[] = mbwaySent(TEN)): Payment =>
  paymentAfter([...facts, { kind: "attempt_in_doubt", at: TEN + MINUTE, attempt: "att_1" }]);

describe("an approval of which SIBS does not say legibly how much was taken", () => {
  const unread = done(
    paymentAfter(mbwayWaiting(TEN)),
    hear(paymentAfter(mbwayWaiting(TEN)), "att_1", said("Success", { amount: "unreadable" }), at(TEN)),
  );

  it("gives back nothing before a person says the amount", () => {
    expect(requestReturn(unread, { attempt: "att_1", amount: null, limit: null }, at(TEN))).toMatchObject({
      why: "amount_unknown",
    });
  });

  it("pays the payment when it is the amount asked for", () => {
    const report = said("Success", { amount: "unreadable" });
    const settled = done(unread, settleAttempt(unread, APPROVED, report, at(TEN)));
    expect(settled).toMatchObject({ status: "paid", amountCaptured: 550 });
  });

  it("can be given back when it is another", () => {
    const settled = done(unread, settleAttempt(unread, { ...APPROVED, amount: cents(500) }, null, at(TEN)));
    expect(settled).toMatchObject({ status: "open", amountCaptured: 0 });
    expect(settled.attempts.map((one) => returnable(settled, one))).toEqual([500]);
  });

  it("counts as SIBS says it later, where that is legible", () => {
    const heard = done(unread, hear(unread, "att_1", said("Success"), at(TEN + HOUR)));
    expect(heard).toMatchObject({ status: "paid", amountCaptured: 550 });
  });
});

describe("an attempt that SIBS notified as paid, and of which it never says so itself", () => {
  const notice = { notification: "n", success: true, paid: true };
  const live = done(
    paymentAfter(mbwayWaiting(TEN)),
    notifiedOfAttempt(paymentAfter(mbwayWaiting(TEN)), "att_1", notice, at(TEN)),
  );

  it("can be settled either way", () => {
    expect(done(live, settleAttempt(live, NOT_PAID, said("Pending"), at(TEN)))).toMatchObject({ status: "open" });
    expect(done(live, settleAttempt(live, APPROVED, said("Pending"), at(TEN)))).toMatchObject({ status: "paid" });
  });

  it("can be settled also where it had ended before", () => {
    const ended = done(
      paymentAfter(mbwayWaiting(TEN)),
      hear(paymentAfter(mbwayWaiting(TEN)), "att_1", said("Declined"), at(TEN)),
    );
    const claimed = done(ended, notifiedOfAttempt(ended, "att_1", notice, at(TEN + MINUTE)));
    expect(claimed.status).toBe("pending");
    const settled = done(claimed, settleAttempt(claimed, NOT_PAID, said("Pending"), at(TEN + DAY)));
    expect(settled).toMatchObject({ status: "open", attempts: [{ status: "declined", paidNoticeAt: null }] });
    expect(settled.attempts[0]?.unprovedSince).toBe(TEN + DAY);
  });

  it("counts as unpaid once the attention for it is resolved", () => {
    const asked = after(live, [{ kind: "attention_raised", at: TEN + DAY, attempt: "att_1", reason: "in_doubt" }]);
    const resolved = done(asked, resolveAttention(asked, SAID, said("Pending"), at(TEN + DAY)));
    expect(resolved).toMatchObject({ status: "open", attention: null, attempts: [{ status: "failed" }] });
  });
});

describe("a reference that is settled as not paid", () => {
  it("is withdrawn where SIBS holds it to be payable", () => {
    const before = inDoubt(referenceWaiting(TEN).slice(0, 2));
    const settled = done(before, settleAttempt(before, NOT_PAID, saidOfReference("Pending", "UNPAID"), at(TEN + HOUR)));
    const [attempt] = settled.attempts;
    expect(attempt).toMatchObject({ status: "failed", reference: { reference: "012345678" } });
    expect(attempt && withdrawalDueAt(settled, attempt)).not.toBeNull();
  });

  it("can be settled as paid while its withdrawal is in doubt, also where we never sent the attempt ourselves", () => {
    const moment = at(TEN + DAY);
    const notice = { notification: "n", success: true, paid: true };
    const prepared = paymentAfter(referenceWaiting(TEN).slice(0, 1));
    const claimed = done(prepared, notifiedOfAttempt(prepared, "att_1", notice, at(TEN)));
    const unpaid = saidOfReference("Pending", "UNPAID", { transactionId: null });
    const settled = done(claimed, settleAttempt(claimed, NOT_PAID, unpaid, moment));
    const sent = done(settled, withdrawReference(settled, "att_1", moment));
    const doubted = done(sent, doubtAttempt(sent, "att_1", moment));
    expect(doubted.attempts).toMatchObject([{ status: "failed", inDoubt: true, submittedAt: null }]);
    const said = { ...APPROVED, transactionId: "s2_said" } as const;
    expect(done(doubted, settleAttempt(doubted, said, null, moment))).toMatchObject({ status: "paid" });
  });
});

describe("what a person alone has said", () => {
  it("is looked up after 1, 7 and 30 days, and no longer", () => {
    let payment = done(inDoubt(), settleAttempt(inDoubt(), APPROVED, null, at(TEN + HOUR)));
    const days: number[] = [];
    for (let now = payment.attempts[0]?.askAt ?? null; now !== null; now = payment.attempts[0]?.askAt ?? null) {
      days.push((now - TEN - HOUR) / DAY);
      payment = done(payment, hear(payment, "att_1", said("Pending"), at(now)));
    }
    expect(days).toEqual([1, 7, 30]);
    expect(payment.status).toBe("paid");
  });

  it("is SIBS's word once SIBS says the same, and is not looked up any more", () => {
    const payment = done(inDoubt(), settleAttempt(inDoubt(), APPROVED, null, at(TEN + HOUR)));
    const proved = done(payment, hear(payment, "att_1", said("Success"), at(TEN + DAY)));
    expect(proved).toMatchObject({ status: "paid", attention: null, attempts: [{ unprovedSince: null, askAt: null }] });
  });

  it("about the amount is put right: what SIBS took is what counts", () => {
    const payment = done(inDoubt(), settleAttempt(inDoubt(), { ...APPROVED, amount: cents(500) }, null, at(TEN)));
    const proved = done(payment, hear(payment, "att_1", said("Success"), at(TEN + DAY)));
    expect(proved).toMatchObject({ status: "paid", amountCaptured: 550, attention: { reason: "proved_after_all" } });
  });

  it("is not taken out of the sums while money was given back of it: a person looks again", () => {
    const payment = done(inDoubt(), settleAttempt(inDoubt(), APPROVED, null, at(TEN)));
    const refund: Fact = {
      kind: "operation_requested",
      at: TEN,
      operation: "rfd_1",
      operationKind: "refund",
      attempt: "att_1",
      amount: cents(100),
      reason: "requested",
    };
    const refunded = after(payment, [
      refund,
      { kind: "operation_succeeded", at: TEN, operation: "rfd_1", transactionId: null },
    ]);
    const heard = done(refunded, hear(refunded, "att_1", said("Declined"), at(TEN + DAY)));
    expect(heard).toMatchObject({ status: "paid", amountRefunded: 100, attention: { reason: "taken_back" } });
  });
});

describe("an operation that counts as never sent", () => {
  it("succeeded after all when SIBS says so, whatever the sums are by then, and a person is told", () => {
    const paid = done(
      paymentAfter(mbwayWaiting(TEN)),
      hear(paymentAfter(mbwayWaiting(TEN)), "att_1", said("Success"), at(TEN)),
    );
    const of = { at: TEN, operation: "rfd_1" } as const;
    const failure = { reason: "not_sent", code: null, message: "", next: null } as const;
    const unsent = after(paid, [
      {
        kind: "operation_requested",
        ...of,
        operationKind: "refund",
        attempt: "att_1",
        amount: cents(550),
        reason: "requested",
      },
      { kind: "operation_sent", ...of },
      { kind: "operation_in_doubt", ...of },
      { kind: "operation_failed", ...of, failure, transactionId: null, saidBy: "absence" },
    ]);
    expect(unsent.operations[0]).toMatchObject({ status: "failed", askAt: TEN + DAY });
    const facts = hearOperation(unsent, "rfd_1", said("Success", { paymentType: "RFND" }), at(TEN + DAY));
    const proved = after(unsent, facts);
    expect(proved).toMatchObject({
      amountRefunded: 550,
      attention: { reason: "proved_after_all", operation: "rfd_1" },
    });
    expect(facts.flatMap((fact) => eventsOf(fact, unsent, proved)).map(({ type }) => type)).toEqual([
      "refund.succeeded",
      "payment.attention",
    ]);
  });
});
