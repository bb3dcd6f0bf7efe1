import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { isRefusal } from "../decision.ts";
import { after } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { hear } from "./hear.ts";
import { hearOperation, requestRefund, sendOrPutOff } from "./operate.ts";
import type { Report } from "./report.ts";
import { settleAttempt } from "./settle.ts";
import type { Payment } from "./state.ts";
import { at, DAY, MINUTE, mbwaySent, mbwayWaiting, paymentAfter, said, TEN, TERMS } from "./testing/builders.ts";

const hearing = (payment: Payment, report: Report, now: number) =>
  after(payment, hear(payment, "att_1", report, at(now)));
const inDoubt = (facts: readonly Fact[]): Payment =>
  paymentAfter([...facts, { kind: "attempt_in_doubt", at: TEN, attempt: "att_1" }], { methods: ["mbway", "token"] });

const approved = () => hearing(paymentAfter(mbwayWaiting(TEN)), said("Success"), TEN + MINUTE);

describe("a status of another transaction", () => {
  const another = { transactionId: "s2_another" };
  it.each(["Success", "Declined", "Timeout", "Expired", "Error"])("says nothing of this one: %s", (word) => {
    const now = TEN + 10 * MINUTE;
    const waiting = hearing(paymentAfter(mbwayWaiting(TEN)), said(word, another), now);
    expect(waiting).toMatchObject({ status: "pending", attempts: [{ status: "pending", readUnpaidAt: null }] });
    const paid = hearing(approved(), said(word, another), now);
    expect(paid).toMatchObject({ status: "paid", attention: null, attempts: [{ takenBackAt: null }] });
  });
});

describe("a call whose answer is lost", () => {
  it("has arrived where SIBS says that it is at work on it, also without naming a method", () => {
    const report = said("InProcessing", { paymentMethod: null });
    const asked = [TEN + MINUTE, TEN + 3 * MINUTE, TEN + 10 * MINUTE].reduce(
      (payment, now) => hearing(payment, report, now),
      inDoubt(mbwaySent(TEN)),
    );
    expect(asked).toMatchObject({ status: "pending", attempts: [{ status: "pending", inDoubt: false }] });
  });

  it("has arrived, being a charge by the merchant, where SIBS has a transaction of it: the call itself makes it", () => {
    const facts: Fact[] = [
      {
        kind: "attempt_prepared",
        at: TEN,
        attempt: "att_1",
        ...TERMS,
        method: "token",
        token: "tok_1",
        initiator: "merchant",
      },
      {
        kind: "attempt_submitted",
        at: TEN,
        attempt: "att_1",
        transactionId: null,
        merchantTransactionId: "att_1",
        checkoutExpiresAt: TEN + 10 * MINUTE,
        expiresAt: null,
      },
    ];
    const report = said("Pending", { paymentType: "MITR", paymentMethod: null, transactionId: "s2_charge" });
    const asked = [TEN + MINUTE, TEN + 3 * MINUTE, TEN + 5 * MINUTE].reduce(
      (payment, now) => hearing(payment, report, now),
      inDoubt(facts),
    );
    expect(asked).toMatchObject({ status: "pending", attempts: [{ status: "pending", transactionId: "s2_charge" }] });
    const held = hearing(asked, said("Success", { paymentType: "MITR", transactionId: "s2_charge" }), TEN + 8 * MINUTE);
    expect(held).toMatchObject({ status: "authorized", amountAuthorized: 550 });
  });
});

describe("an amount that a person said because SIBS's cannot be read", () => {
  it.each([550, 500])("stands while SIBS still says none that can be read: %d", (amount) => {
    const report = said("Success", { amount: "unreadable" });
    const unread = hearing(paymentAfter(mbwayWaiting(TEN)), report, TEN + MINUTE);
    const by = { type: "shop", id: null, name: null } as const;
    const command = { attempt: "att_1", outcome: "approved", transactionId: null, note: "Seen.", by } as const;
    const decision = settleAttempt(unread, { ...command, amount: cents(amount) }, report, at(TEN + 2 * MINUTE));
    if (isRefusal(decision)) throw new Error(decision.refused);
    const settled = after(unread, decision);
    const looked = hearing(settled, report, TEN + 2 * DAY);
    expect(looked).toMatchObject({ status: settled.status, attention: settled.attention, isCorrected: false });
    expect(looked.attempts).toMatchObject([{ status: "approved", taken: { amount } }]);
  });
});

describe("what counts as never sent and is found all the same", () => {
  const countedAsUnsent = (): Payment => {
    const requested = {
      kind: "operation_requested",
      at: TEN,
      operation: "rfd_1",
      operationKind: "refund",
      attempt: "att_1",
      amount: cents(550),
      reason: "requested",
    } as const;
    const failure = { reason: "not_sent", code: null, message: "", next: null } as const;
    return after(approved(), [
      requested,
      { kind: "operation_sent", at: TEN, operation: "rfd_1" },
      { kind: "operation_in_doubt", at: TEN, operation: "rfd_1" },
      {
        kind: "operation_failed",
        at: TEN,
        operation: "rfd_1",
        failure,
        transactionId: null,
        saidBy: "absence",
      },
    ]);
  };

  const anew = (payment: Payment, now: number) => {
    const asked = requestRefund(payment, { id: "rfd_2", amount: null, limit: null }, at(now));
    if (isRefusal(asked)) throw new Error(asked.refused);
    const first = after(payment, asked);
    const heard = after(first, hearOperation(first, "rfd_1", said("Pending"), at(now)));
    return sendOrPutOff(heard, "rfd_2", at(now)).map(({ kind }) => kind);
  };

  it.each([1, 40])(
    "keeps what is asked for anew from being sent while SIBS is at work on it, after %d days",
    (days) => {
      expect(anew(countedAsUnsent(), TEN + days * DAY)).toEqual(["operation_failed"]);
    },
  );

  it.each([1, 40])("stands in the way of nothing where a person settled it, after %d days", (days) => {
    const by = { type: "shop", id: null, name: null } as const;
    const settled = {
      kind: "operation_settled",
      at: TEN,
      operation: "rfd_1",
      outcome: "not_done",
      note: "Seen.",
      by,
    } as const;
    expect(anew(after(countedAsUnsent(), [settled]), TEN + days * DAY)).toEqual(["operation_sent"]);
  });
});
