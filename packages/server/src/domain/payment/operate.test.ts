import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { asOf } from "../asked.ts";
import { isRefusal } from "../decision.ts";
import { SECOND } from "../time.ts";
import { after } from "./decision.ts";
import { eventsOf } from "./events-of.ts";
import type { Fact } from "./facts.ts";
import { doubtOperation, hearNothingOfOperation, refuseOperation, requestRefund, sendOperation } from "./operate.ts";
import type { Payment } from "./state.ts";
import { approved, at, DAY, MINUTE, mbwayWaiting, paymentAfter, TEN } from "./testing/builders.ts";

/** A paid payment whose refund's answer was lost. */
function inDoubt(): Payment {
  const paid = paymentAfter([...mbwayWaiting(TEN), approved(TEN)]);
  const requested = requestRefund(paid, { id: "rfd_1", amount: null, limit: null }, at(TEN));
  if (isRefusal(requested)) throw new Error(requested.refused);
  const sent = after(paid, requested);
  return after(sent, doubtOperation(sent, "rfd_1", at(TEN)));
}

/** A payment that was paid late, whose money goes back: the refund was sent. */
function goingBack(): Payment {
  const late: Fact[] = [
    { kind: "payment_canceled", at: TEN },
    {
      kind: "attempt_approved",
      at: TEN,
      attempt: "att_1",
      for: "late",
      amount: cents(550),
      hold: false,
      reference: null,
    },
    {
      kind: "operation_requested",
      at: TEN,
      operation: "rfd_1",
      operationKind: "refund",
      attempt: "att_1",
      amount: cents(550),
      reason: "late",
    },
  ];
  return paymentAfter([...mbwayWaiting(TEN), ...late]);
}

describe("money that goes back by itself, and that SIBS does not take back", () => {
  it("is sent again after a minute, then after as long as it was tried for, six hours at most; a person is asked once", () => {
    let payment = goingBack();
    const waits: number[] = [];
    const kinds: string[] = [];
    for (let now = TEN; now < TEN + 10 * DAY; now = payment.operations[0]?.askAt ?? Number.POSITIVE_INFINITY) {
      const sent = after(payment, sendOperation(payment, "rfd_1", at(now)));
      const refused = refuseOperation(sent, "rfd_1", { code: null, unheard: true }, at(now));
      kinds.push(...refused.map(({ kind }) => kind));
      payment = after(sent, refused);
      waits.push(((payment.operations[0]?.askAt ?? now) - now) / MINUTE);
    }
    expect(waits.slice(0, 10)).toEqual([1, 1, 2, 4, 8, 16, 32, 64, 128, 256]);
    expect(new Set(waits.slice(10))).toEqual(new Set([360]));
    expect(kinds.filter((kind) => kind === "operation_postponed")).toHaveLength(waits.length);
    expect(kinds.filter((kind) => kind !== "operation_postponed")).toEqual(["operation_needs_person"]);
  });

  it("waits as long where it took longer than any answer may to find that SIBS was not reached", () => {
    const sent = after(goingBack(), sendOperation(goingBack(), "rfd_1", at(TEN)));
    const later = TEN + 20 * SECOND;
    const refused = refuseOperation(sent, "rfd_1", { code: null, unheard: true }, at(later));
    expect(after(sent, asOf(TEN, refused)).operations).toMatchObject([
      { askAt: later + MINUTE, notBefore: later + MINUTE },
    ]);
  });
});

describe("a refund of which SIBS cannot say what became", () => {
  it("is asked about less and less often: after seconds, minutes, each hour, each six hours, each day", () => {
    let payment = inDoubt();
    const asked: number[] = [];
    while ((payment.operations[0]?.askAt ?? 0) < TEN + 41 * DAY) {
      const next = payment.operations[0]?.askAt ?? 0;
      asked.push((next - TEN) / 1000);
      payment = after(payment, hearNothingOfOperation(payment, "rfd_1", "unknown", at(next)));
    }
    expect(asked.slice(0, 15)).toEqual([1, 2, 4, 8, 15, 30, 60, 120, 240, 480, 900, 1_800, 3_600, 7_200, 10_800]);
    const perDay = (day: number) => asked.filter((one) => Math.ceil((one * 1000) / DAY) === day).length;
    expect([1, 2, 3, 30, 31, 32, 40].map(perDay)).toEqual([36, 4, 4, 4, 1, 1, 1]);
  });

  it("asks a person after a day, once, and goes on being asked about", () => {
    let payment = inDoubt();
    const told: string[] = [];
    for (let now = TEN + MINUTE; now <= TEN + 3 * DAY; now = payment.operations[0]?.askAt ?? Number.POSITIVE_INFINITY) {
      for (const fact of hearNothingOfOperation(payment, "rfd_1", "no answer", at(now))) {
        const next = after(payment, [fact]);
        for (const { type } of eventsOf(fact, payment, next)) told.push(`${type} after ${(now - TEN) / DAY}`);
        payment = next;
      }
    }
    expect(told).toEqual(["refund.in_doubt after 1"]);
    expect(payment.operations[0]).toMatchObject({ status: "in_doubt", personAskedAt: TEN + DAY });
  });
});
