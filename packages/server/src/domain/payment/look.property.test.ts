import { describe, expect } from "vitest";
import { expectSame } from "../testing/properties.ts";
import { eventsOf } from "./events-of.ts";
import type { Fact } from "./facts.ts";
import type { Payment } from "./state.ts";
import { asKnown } from "./testing/builders.ts";
import { propertiesOfLives } from "./testing/lives.ts";

const OF_INQUIRIES: readonly Fact["kind"][] = [
  "attempt_asked",
  "attempt_not_found",
  "operation_asked",
  "operation_not_found",
];

/** A payment without the moments and numbers that go on from inquiry to inquiry: what was said, and what is known. */
function outline(payment: Payment): object {
  return {
    ...asKnown(payment),
    attempts: payment.attempts.map((one) => ({
      ...one,
      askAt: null,
      asked: one.asked?.said,
      readUnpaidAt: one.readUnpaidAt !== null,
      absence: one.absence !== null,
      // a person is told of the second amount that cannot be read
      unread: Math.min(one.unread, 2),
    })),
    operations: payment.operations.map((one) => ({
      ...one,
      askAt: null,
      asked: one.asked?.said,
      lookedUpAt: one.lookedUpAt !== null,
      absence: one.absence !== null,
    })),
  };
}

const always = propertiesOfLives();

describe("an inquiry, whatever happens to a payment,", () => {
  {
    let quiet = 0;
    always(
      "is no fact where it says again what was said before: nothing changes but when is asked next, and what counts up",
      {
        step: ({ before, payment, facts }) => {
          if (facts.length === 0) return;
          const isOfInquiry = facts.every(({ kind }) => OF_INQUIRIES.includes(kind));
          const isQuiet = isOfInquiry && JSON.stringify(outline(before)) === JSON.stringify(outline(payment));
          expect(payment.version - before.version).toBe(isQuiet ? 0 : facts.length);
          expect(payment.looked - before.looked).toBe(isQuiet ? 1 : 0);
          if (!isQuiet) expect(payment.looks).toBeNull();
          else for (const fact of facts) expect(eventsOf(fact, before, payment)).toEqual([]);
          if (isQuiet) quiet += 1;
        },
        all: () => {
          expect(quiet).toBeGreaterThan(150);
        },
      },
    );
  }

  always("leads to the same payment, whether it is written down or not", ({ payment, told }) =>
    expectSame(asKnown(payment), asKnown(told)),
  );
});
