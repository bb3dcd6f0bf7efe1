import fc from "fast-check";
import { expect, it } from "vitest";
import { DAY, HOUR } from "../time.ts";
import { after } from "./decision.ts";
import { expiryToldAt, tellExpiry } from "./expiring.ts";
import { at, paymentAfter, referenceWaiting, said, TEN } from "./testing/builders.ts";
import type { Move } from "./testing/commands.ts";
import { type Look, life, live, propertiesOfLives } from "./testing/lives.ts";

const report = said("Pending");
const begin: Move = {
  name: "startAttempt",
  report,
  command: (_payment, given) => referenceWaiting(given.now, given.id("att"), given.now + 3 * DAY),
};
const tell: Move = {
  name: "tellExpiry",
  report,
  command: (payment, given) => payment.attempts.flatMap(({ id }) => tellExpiry(payment, id, given)),
};

/** Lives that begin with a reference and come near to its end: of the others hardly one in a thousand does. */
const ofAReference = life.map((one) => ({
  ...one,
  chargedBy: "customer" as const,
  isPhoneAsked: false,
  moves: [
    { tries: [begin], waitMs: 0 },
    ...one.moves.slice(0, 3),
    { tries: [tell], waitMs: 2 * DAY + HOUR },
    ...one.moves.slice(3, 6),
    { tries: [tell], waitMs: HOUR },
  ],
}));

{
  let told = 0;
  const look: Look = ({ before, facts, journal, now }) => {
    for (const fact of facts) {
      if (fact.kind !== "expiry_told") continue;
      told += 1;
      const attempt = before.attempts.find(({ id }) => id === fact.attempt);
      expect([before.status, attempt?.status, attempt?.cancellation]).toEqual(["pending", "pending", null]);
      expect(now).toBeGreaterThanOrEqual((attempt?.reference?.expiresAt ?? Number.NaN) - DAY);
      const same = journal.filter((line) => line.kind === "expiry_told" && line.attempt === fact.attempt);
      expect(same).toHaveLength(1);
    }
  };
  propertiesOfLives()(
    "that a reference is about to end is told once, within a day of it, and of none that was paid, left or ended",
    {
      step: look,
      all: () => {
        fc.assert(
          fc.property(ofAReference, (one) => live(one, look)),
          { numRuns: 300 },
        );
        expect(told).toBeGreaterThan(30);
      },
    },
  );
}

it("once it was told, it is due no more", () => {
  const waiting = paymentAfter(referenceWaiting(TEN));
  const due = waiting.attempts.map((attempt) => expiryToldAt(waiting, attempt)).find((one) => one !== null);
  if (due == null) throw new Error("it is never told");
  const told = after(waiting, tellExpiry(waiting, "att_1", at(due)));
  expect(tellExpiry(waiting, "att_1", at(due))).toMatchObject([{ kind: "expiry_told", attempt: "att_1" }]);
  expect(told.attempts.map((attempt) => expiryToldAt(told, attempt))).toEqual([null]);
  expect(tellExpiry(told, "att_1", at(due + DAY / 2))).toEqual([]);
});
