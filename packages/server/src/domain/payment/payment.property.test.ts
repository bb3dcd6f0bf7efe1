import fc from "fast-check";
import { describe, expect } from "vitest";
import { isLive } from "../methods/types.ts";
import { SECOND } from "../time.ts";
import { isClaimed } from "./attempt.ts";
import { after } from "./decision.ts";
import { isInSums, isUnderWay } from "./operation.ts";
import { type Payment, returnedOf, sumOf, takenAside } from "./state.ts";
import { asStored, bringUpPayment } from "./stored.ts";
import { paymentAfter, TEN } from "./testing/builders.ts";
import {
  isCorrection,
  isForPerson,
  isTriedAnew,
  type Look,
  life,
  live,
  MOVES,
  misplaced,
  propertiesOfLives,
  reachable,
  wasRefuted,
} from "./testing/lives.ts";

/**
 * Lives with a phone that is asked, in which a shop lets more begin beside it: of all lives hardly one in eight is
 * such.
 */
const allowing = life.map((one) => ({
  ...one,
  overlap: "allow" as const,
  isPhoneAsked: true,
  chargedBy: "customer" as const,
}));

const always = propertiesOfLives();

const asRead = (payment: Payment) => bringUpPayment(JSON.parse(JSON.stringify(asStored(payment))));

describe("the money of a payment, whatever happens to it", () => {
  always(
    "captures and cancels no more than was authorized, and refunds no more than was captured, doubts counted, unless SIBS proves it",
    ({ payment }) => {
      if (payment.isCorrected) return;
      const { amountAuthorized, amountCaptured, amountReleased, amountRefunded } = payment;
      const settling = sumOf(payment, (one) => one.kind !== "refund" && isUnderWay(one));
      const refunding = sumOf(payment, (one) => one.kind === "refund" && isUnderWay(one));
      expect(amountCaptured + amountReleased + settling).toBeLessThanOrEqual(amountAuthorized);
      expect(amountRefunded + refunding).toBeLessThanOrEqual(amountCaptured);
      expect([0, payment.amount]).toContain(amountAuthorized);
    },
  );

  always("is read from its row as it was written there", {
    // of the rest of a life nothing but a wish is written otherwise than it stands
    step: ({ before, payment }) => {
      if (payment.wish !== before.wish) expect(asRead(payment).wish).toEqual(payment.wish);
    },
    end: (last) => {
      if (last !== null) expect(asRead(last.payment)).toEqual(last.payment);
    },
  });

  always(
    "is paid exactly when something was captured, and canceled when its whole hold was given up",
    ({ payment }) => {
      expect(payment.status === "paid").toBe(payment.amountCaptured > 0);
      if (payment.isCorrected) return;
      const isHeld = payment.amountAuthorized > 0 && payment.amountReleased < payment.amountAuthorized;
      if (payment.status === "authorized") expect(isHeld).toBe(true);
      if (isHeld && payment.amountCaptured === 0) expect(payment.status).toBe("authorized");
    },
  );

  always(
    "has at most one live attempt unless its shop allows more, and is pending exactly while an unpaid one is live",
    ({ payment }) => {
      const alive = payment.attempts.filter(isLive).length;
      if (payment.overlap === "refuse") expect(alive).toBeLessThanOrEqual(1);
      if (payment.status === "open") expect(alive).toBe(0);
      if (payment.status === "pending") expect(alive + payment.attempts.filter(isClaimed).length).toBeGreaterThan(0);
      if (payment.status === "open") expect(payment.attempts.filter(isClaimed)).toEqual([]);
    },
  );

  always("moves only as its life allows, and what is captured stays captured", ({ before, payment, facts }) => {
    if (facts.some(isCorrection)) return;
    if (before.status !== payment.status) expect(MOVES[before.status]).toContain(payment.status);
    expect(payment.amountCaptured).toBeGreaterThanOrEqual(before.amountCaptured);
  });

  always(
    "takes back what it counted only where SIBS, or a person after SIBS, says the opposite, and then a person knows",
    ({ before, payment, facts, journal }) => {
      const sums = ["amountAuthorized", "amountCaptured", "amountReleased", "amountRefunded"] as const;
      if (sums.every((sum) => payment[sum] >= before[sum])) return;
      expect(facts.some(isCorrection)).toBe(true);
      expect(journal.some((one) => one.kind === "attention_raised")).toBe(true);
    },
  );

  always("either keeps a customer's money once, or gives it back, or asks a person", ({ payment, journal }) => {
    for (const fact of journal) {
      if (fact.kind !== "attempt_approved" || wasRefuted(journal, fact.attempt)) continue;
      // an amount that could not be read may be said later
      if (fact !== journal.findLast((one) => one.kind === "attempt_approved" && one.attempt === fact.attempt)) continue;
      const isKept = payment.fundedBy === fact.attempt;
      const back = payment.operations.filter(
        (one) => one.attempt === fact.attempt && !isInSums(one) && one.reason !== "returned",
      );
      const isForPerson =
        fact.amount !== payment.amount &&
        journal.some(
          (one) => one.kind === "attention_raised" && one.reason === "amount_differs" && one.attempt === fact.attempt,
        );
      expect(Number(isKept) + Math.min(back.length, 1) + Number(!isKept && isForPerson)).toBe(1);
      if (!payment.isCorrected) expect(back.filter((one) => !isTriedAnew(one)).length).toBeLessThanOrEqual(1);
      if (back[0] !== undefined) {
        expect(back[0]).toMatchObject({ amount: fact.amount, kind: fact.hold ? "cancellation" : "refund" });
      }
    }
  });

  always(
    "takes no money as the payment's of which SIBS does not say in cents that it is the amount asked for",
    ({ before, payment, said }) => {
      if (payment.amountAuthorized > before.amountAuthorized) expect(said?.amount).toBe(payment.amount);
    },
  );

  always("captures by itself, once, what is held for a payment that is to be captured automatically", ({ payment }) => {
    const automatic = payment.operations.filter((one) => one.reason === "automatic");
    if (!payment.isCorrected) expect(automatic.filter((one) => !isTriedAnew(one)).length).toBeLessThanOrEqual(1);
    if (payment.status === "authorized" && payment.capture === "automatic") expect(automatic).not.toEqual([]);
  });

  always("keeps an approved attempt approved", ({ before, payment, facts }) => {
    for (const [place, attempt] of before.attempts.entries()) {
      if (attempt.status !== "approved" || facts.some(isCorrection)) continue;
      expect(payment.attempts[place]?.status).toBe("approved");
    }
  });

  always("sends no operation twice, unless SIBS certainly did not look at it", ({ journal }) => {
    const sent = new Set<string>();
    for (const fact of journal) {
      if (fact.kind === "operation_postponed") sent.delete(fact.operation);
      if (fact.kind !== "operation_sent") continue;
      expect(sent).not.toContain(fact.operation);
      sent.add(fact.operation);
    }
  });

  {
    let beside = 0;
    const look: Look = ({ before, facts, now }) => {
      for (const [place, { kind }] of facts.entries()) {
        if (kind !== "attempt_prepared" && kind !== "attempt_submitted") continue;
        const { attempts, overlap } = after(before, facts.slice(0, place));
        const live = attempts.filter((one) => isLive(one) || isClaimed(one));
        if (live.length === 0) continue;
        if (kind === "attempt_submitted") beside += 1;
        expect(overlap).toBe("allow");
        expect(attempts.filter((one) => one.inDoubt || isClaimed(one))).toEqual([]);
        for (const one of live) {
          expect(one).toMatchObject({ status: "pending", noticedAt: null, asked: { said: "Pending" } });
          expect(now - (one.asked?.at ?? 0)).toBeLessThanOrEqual(10 * SECOND);
          // it is withdrawn first
          expect(one.method).not.toBe("multibanco");
        }
      }
    };
    always(
      "begins nothing while something may still be paid, unless its shop allows it, SIBS has just said that it is pending, nothing is in doubt and no success was notified",
      {
        step: look,
        all: () => {
          fc.assert(
            fc.property(allowing, (one) => live(one, look)),
            { numRuns: 300 },
          );
          expect(beside).toBeGreaterThan(20);
        },
      },
    );
  }

  always(
    "keeps, and holds, no money that came late or twice once SIBS can be reached, and captures what is to be, unless that is for a person",
    {
      end: (last) => {
        const { payment } = reachable(last ?? { payment: paymentAfter([]), now: TEN });
        if (payment.isCorrected) return;
        for (const attempt of payment.attempts) {
          // of another amount than asked for: that is for a person from the first
          if (attempt.status !== "approved" || attempt.taken?.amount !== payment.amount) continue;
          if (!isForPerson(payment, attempt)) expect(misplaced(payment, attempt)).toBe(0);
        }
      },
    },
  );

  always("gives back of an attempt's money that is in no sum never more than it took", ({ payment }) => {
    if (payment.isCorrected) return;
    for (const one of payment.attempts) {
      expect(returnedOf(payment, one.id)).toBeLessThanOrEqual(takenAside(payment, one));
    }
  });
});
