import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { after, isRefusal } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { doubtOperation, hearNothingOfOperation, requestRefund } from "./operations.ts";
import type { Payment } from "./payment.ts";
import { at, DAY, MINUTE, mbwayWaiting, paymentAfter, TEN } from "./testing/builders.ts";
import { tidingsOf } from "./tidings.ts";

/** A paid payment whose refund's answer was lost. */
function inDoubt(): Payment {
  const approved: Fact[] = [
    { kind: "attempt_approved", at: TEN, attempt: "att_1", amount: cents(550), hold: false, reference: null },
  ];
  const paid = paymentAfter([...mbwayWaiting(TEN), ...approved]);
  const requested = requestRefund(paid, { id: "rfd_1", amount: null }, at(TEN));
  if (isRefusal(requested)) throw new Error(requested.refused);
  const sent = after(paid, requested);
  return after(sent, doubtOperation(sent, "rfd_1", at(TEN)));
}

describe("a refund of which SIBS cannot say what became", () => {
  it("is asked about after 1, 2, 4, 8, 15 and 30 seconds, then each minute", () => {
    let payment = inDoubt();
    const asked: number[] = [];
    while (asked.length < 9) {
      const next = payment.operations[0]?.askAt ?? 0;
      asked.push((next - TEN) / 1000);
      payment = after(payment, hearNothingOfOperation(payment, "rfd_1", "unknown", at(next)));
    }
    expect(asked).toEqual([1, 2, 4, 8, 15, 30, 60, 120, 180]);
  });

  it("asks a person after a day, once, and goes on being asked about each hour", () => {
    let payment = inDoubt();
    const told: string[] = [];
    for (let now = TEN + MINUTE; now <= TEN + 3 * DAY; now = payment.operations[0]?.askAt ?? Number.POSITIVE_INFINITY) {
      for (const fact of hearNothingOfOperation(payment, "rfd_1", "no answer", at(now))) {
        const next = after(payment, [fact]);
        for (const { type } of tidingsOf(fact, payment, next)) told.push(`${type} after ${(now - TEN) / DAY}`);
        payment = next;
      }
    }
    expect(told).toEqual(["refund.in_doubt after 1"]);
    expect(payment.operations[0]).toMatchObject({ status: "in_doubt", personAskedAt: TEN + DAY });
  });
});
