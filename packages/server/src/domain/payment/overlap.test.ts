import { describe, expect, it } from "vitest";
import { isRefusal } from "../decision.ts";
import type { Method } from "../methods/index.ts";
import { SECOND } from "../time.ts";
import { startAttempt, submitAttempt } from "./begin.ts";
import { after } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { hear } from "./hear.ts";
import { toBeAskedFirst } from "./overlap.ts";
import { liveAttempt, type Payment, refundsOf } from "./state.ts";
import { at, mbwayWaiting, PHONE, paymentAfter, referenceWaiting, said, TEN, TERMS } from "./testing/builders.ts";

const ALLOWED = { overlap: "allow", methods: ["mbway", "multibanco", "card"] } as const;
const REFUSED = { ...ALLOWED, overlap: "refuse" } as const;
const NOW = TEN + 60 * SECOND;

/** A phone that is asked, of which SIBS said something so many seconds ago, and what happened since. */
function asked(secondsAgo = 0, word = "Pending", facts: readonly Fact[] = [], terms: object = ALLOWED): Payment {
  const waiting = paymentAfter(mbwayWaiting(TEN), terms);
  return after(after(waiting, hear(waiting, "att_1", said(word), at(NOW - secondsAgo * SECOND))), facts);
}

const start = (payment: Payment, method: Method = "multibanco") =>
  startAttempt(payment, { ...TERMS, method, phone: method === "mbway" ? PHONE : null, id: "att_2" }, at(NOW));

function submitted(payment: Payment, now = NOW) {
  const command = { attempt: "att_2", transactionId: "s2_2", merchantTransactionId: "att_2" } as const;
  return submitAttempt(payment, { ...command, checkoutExpiresAt: now + 600 * SECOND }, at(now));
}

function begun(payment: Payment): Payment {
  const decision = start(payment);
  if (isRefusal(decision)) throw new Error(decision.refused);
  return after(payment, decision);
}

const notified = (paid: boolean): Fact => ({
  kind: "attempt_notified",
  at: NOW,
  attempt: "att_1",
  notification: "n1",
  success: true,
  paid,
});
const IN_DOUBT: Fact = { kind: "attempt_in_doubt", at: NOW, attempt: "att_1" };

describe("another attempt beside one that is live", () => {
  it.each(["mbway", "multibanco", "card"] as const)(
    "begins where the shop allows it and SIBS has just said that it is pending: %s",
    (method) => {
      expect(start(asked(10), method)).toMatchObject([{ kind: "attempt_prepared", method }]);
    },
  );

  it.each([
    ["the shop has not said so", asked(0, "Pending", [], REFUSED), "attempt_in_progress"],
    ["SIBS said it eleven seconds ago", asked(11), "attempt_in_progress"],
    ["SIBS was never asked", paymentAfter(mbwayWaiting(TEN), ALLOWED), "attempt_in_progress"],
    ["SIBS says that it is at work on it", asked(0, "InProcessing"), "attempt_in_progress"],
    ["a success was notified", asked(0, "Pending", [notified(false)]), "attempt_in_progress"],
    ["a success was notified, of money", asked(0, "Pending", [notified(true)]), "attempt_in_doubt"],
    ["it is in doubt", asked(0, "Pending", [IN_DOUBT]), "attempt_in_doubt"],
  ])("is refused where %s", (_why, payment, refused) => {
    expect(start(payment)).toMatchObject({ refused });
  });

  it("is refused where all of that was so when it was begun, and is not when it is sent", () => {
    expect(submitted(begun(asked(9)))).toMatchObject([{ kind: "attempt_submitted" }]);
    expect(submitted(begun(asked(9)), NOW + 2 * SECOND)).toMatchObject({ refused: "attempt_in_progress" });
    expect(submitted(after(begun(asked(9)), [notified(true)]))).toMatchObject({ refused: "attempt_in_doubt" });
  });

  it("withdraws a reference first, and is no second reference", () => {
    const reference = paymentAfter(referenceWaiting(TEN), ALLOWED);
    expect(start(reference, "mbway")).toMatchObject({ refused: "reference_must_be_withdrawn" });
    expect(start(reference)).toMatchObject({ refused: "attempt_in_progress" });
    expect(toBeAskedFirst(reference, "multibanco", at(NOW))).toEqual([]);
  });

  it("has SIBS asked first, where that is all that is missing", () => {
    const ids = (payment: Payment) => toBeAskedFirst(payment, "multibanco", at(NOW)).map(({ id }) => id);
    expect(ids(asked(11))).toEqual(["att_1"]);
    expect(ids(asked(0))).toEqual([]);
    expect(ids(asked(11, "Pending", [notified(false)]))).toEqual([]);
    expect(ids(asked(11, "Pending", [], REFUSED))).toEqual([]);
  });

  it("is given back where both are paid: the one that is heard of second", () => {
    const next = begun(asked());
    const sent = submitted(next);
    if (isRefusal(sent)) throw new Error(sent.refused);
    const both = after(next, sent);
    expect(both).toMatchObject({ status: "pending", attempts: [{ status: "pending" }, { status: "submitted" }] });
    expect(liveAttempt(both)?.id).toBe("att_2");
    const paid = after(both, hear(both, "att_1", said("Success"), at(NOW)));
    expect(paid).toMatchObject({ status: "paid", amountCaptured: 550, fundedBy: "att_1" });
    const reference = { entity: "24000", reference: "012345678", amount: paid.amount, expiresAt: NOW, status: "PAID" };
    const told = said("Success", { paymentType: "PREF", paymentMethod: "REFERENCE", reference });
    const twice = after(paid, hear(paid, "att_2", told, at(NOW)));
    expect(twice).toMatchObject({ status: "paid", amountCaptured: 550, amountRefunded: 0 });
    expect(refundsOf(twice)).toMatchObject([{ attempt: "att_2", amount: 550, reason: "duplicate" }]);
  });
});
