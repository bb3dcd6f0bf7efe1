import { describe, expect, it } from "vitest";
import { nextDue, tasksOf } from "./due.ts";
import { expire } from "./end.ts";
import { tellExpiry } from "./expiring.ts";
import type { Fact, Recorded } from "./facts.ts";
import { hear, hearNothing } from "./hear.ts";
import { look } from "./look.ts";
import type { Payment } from "./state.ts";
import {
  at,
  DAY,
  HOUR,
  kept,
  MINUTE,
  paymentAfter,
  referenceWaiting,
  said,
  saidOfReference,
  TEN,
} from "./testing/builders.ts";

/** A reference that waits, in a payment that expires after three days, looked at until nothing is due any more. */
function livedThrough(says: (now: number) => Parameters<typeof hear>[2] | null): {
  readonly payment: Payment;
  readonly lines: readonly Recorded[];
  readonly asked: number;
} {
  let payment = paymentAfter(referenceWaiting(TEN));
  const lines: Recorded[] = [];
  let asked = 0;
  const decide = (facts: readonly Fact[]) => {
    const made = kept(payment, facts);
    lines.push(...made.lines);
    payment = made.payment;
  };
  for (let due = nextDue(payment); due !== null && asked < 500; due = nextDue(payment)) {
    const given = at(due);
    for (const task of tasksOf(payment, given)) {
      if (task.do === "tell_expiry") decide(tellExpiry(payment, task.attempt, given));
      if (task.do === "expire_payment") decide(expire(payment, given));
      if (task.do !== "ask_attempt") continue;
      asked += 1;
      const report = says(due);
      decide(report === null ? hearNothing(payment, task.attempt, given) : hear(payment, task.attempt, report, given));
    }
  }
  return { payment, lines, asked };
}

const WAITS = saidOfReference("Pending", "UNPAID");

describe("a reference that waits for three days and expires", () => {
  it("is asked about each hour, and its journal says what became of it", () => {
    const { payment, lines, asked } = livedThrough(() => WAITS);
    expect(asked).toBe(75);
    expect(lines.map(({ kind }) => kind)).toEqual(["attempt_asked", "expiry_told", "attempt_ended", "payment_expired"]);
    // the line that ends it says what was said until then, and how often
    const before = TEN + 3 * DAY + 5 * MINUTE;
    const said = { said: "Pending", at: before, since: TEN + HOUR, times: 73 };
    expect(lines[2]?.looks?.attempts).toMatchObject({ att_1: { asked: said, readUnpaidAt: before } });
    // and a day later once more, for late money
    expect(payment.attempts).toMatchObject([{ status: "expired", askAt: null, asked: { said: "Pending", times: 75 } }]);
  });

  it("has a line more where SIBS falls silent, and where it speaks again", () => {
    const isSilent = (now: number) => now > TEN + 5 * HOUR && now < TEN + 15 * HOUR;
    const { lines } = livedThrough((now) => (isSilent(now) ? null : WAITS));
    expect(lines.map((line) => ("said" in line ? line.said : line.kind))).toEqual([
      "Pending",
      "no answer",
      "Pending",
      "expiry_told",
      "Pending",
      "payment_expired",
    ]);
  });
});

describe("an inquiry", () => {
  const waiting = paymentAfter(referenceWaiting(TEN));
  const hears = (payment: Payment, word: string, now: number) => hear(payment, "att_1", said(word), at(now));
  const first = kept(waiting, hears(waiting, "Pending", TEN + HOUR)).payment;

  it("that changes a flag is a fact, though its word was said before", () => {
    const facts = hears(first, "Pending", TEN + 2 * HOUR);
    const [attempt] = first.attempts;
    const unread = { ...first, attempts: attempt === undefined ? [] : [{ ...attempt, readUnpaidAt: null }] };
    expect(look(first, facts)).toMatchObject({ looked: 1 });
    expect(look(unread, facts)).toBeNull();
  });

  it("of which a person is told is a fact with that", () => {
    const unreadable = (payment: Payment, now: number) =>
      hear(payment, "att_1", said("Pending", { amount: "unreadable" }), at(now));
    let payment = first;
    const written: number[] = [];
    for (let hour = 2; hour < 7; hour += 1) {
      const made = kept(payment, unreadable(payment, TEN + hour * HOUR));
      written.push(made.lines.length);
      payment = made.payment;
    }
    expect(written).toEqual([1, 2, 0, 0, 0]);
    expect(payment.attention).toMatchObject({ reason: "amount_differs", at: TEN + 3 * HOUR });
  });
});
