import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLive } from "../methods/types.ts";
import type { Instant } from "../time.ts";
import { type Attempt, isClaimed } from "./attempt.ts";
import { nextDue, tasksOf } from "./due.ts";
import type { Fact } from "./facts.ts";
import { liveAttempts, type Payment } from "./state.ts";
import { at, paymentAfter, TEN } from "./testing/builders.ts";
import { LIVES, life, live, propertiesOfLives, reachable } from "./testing/lives.ts";
import { beginsByItself, opensBeside } from "./wish.ts";

/** What ends a wish: it is begun, withdrawn, or nothing may be paid any more, or not before a person has looked. */
const ENDS: readonly Fact["kind"][] = [
  "attempt_prepared",
  "new_request_dropped",
  "payment_canceled",
  "payment_expired",
  "attempt_approved",
  "attention_raised",
  "customer_erased",
];

/** Nothing but that it may be paid yet is known of it. */
function isPlainlyPending(attempt: Attempt): boolean {
  return attempt.status === "pending" && !attempt.inDoubt && !isClaimed(attempt) && attempt.noticedAt === null;
}

const always = propertiesOfLives();

describe("what a customer wants next, whatever happens to the payment", () => {
  {
    let begun = 0;
    let opened = 0;
    always(
      "is never lost, and is begun by itself only when nothing else may still be paid, or can be withdrawn first",
      {
        step: ({ before, payment, facts, now }) => {
          if (before.wish !== null && payment.wish === null)
            expect(facts.some(({ kind }) => ENDS.includes(kind))).toBe(true);
          if (payment.wish === null) return;
          if (opensBeside(payment)) {
            opened += 1;
            expect([payment.overlap, payment.wish.phone, liveAttempts(payment).every(isPlainlyPending)]).toEqual([
              "allow",
              null,
              true,
            ]);
          }
          expect(["open", "pending"]).toContain(payment.status);
          expect(payment.wish.seen).toBe(payment.attempts.length);
          if (!tasksOf(payment, at(now)).some((task) => task.do === "begin_wish")) return;
          begun += 1;
          expect(beginsByItself(payment.wish)).toBe(true);
          expect([payment.wish.method, payment.wish.phone !== null]).toEqual(
            payment.wish.method === "mbway" ? ["mbway", true] : ["multibanco", false],
          );
          for (const one of payment.attempts.filter((one) => isLive(one) || isClaimed(one))) {
            expect(one).toMatchObject({ method: "multibanco", status: "pending", inDoubt: false, paidNoticeAt: null });
          }
        },
        all: () => {
          expect(begun).toBeGreaterThan(50);
          expect(opened).toBeGreaterThan(10);
        },
      },
    );
  }

  it("comes to its time, or to its end, once SIBS can be reached", () => {
    fc.assert(
      fc.property(life, (one) => {
        let last: { payment: Payment; now: Instant } | null = null;
        live(one, ({ payment, now }) => {
          if (beginsByItself(payment.wish)) last = { payment, now };
        });
        const { payment } = reachable(last ?? { payment: paymentAfter([]), now: TEN });
        if (beginsByItself(payment.wish)) expect(nextDue(payment)).not.toBeNull();
        // but what somebody is about to begin, who has half a minute for it
        const isHeld = payment.wish?.notBefore !== undefined;
        if (payment.status === "open" && !isHeld) expect(beginsByItself(payment.wish)).toBe(false);
      }),
      { numRuns: LIVES / 3 },
    );
  });
});
