import { expect, it } from "vitest";
import { DAY } from "../time.ts";
import { after } from "./decision.ts";
import { expiryToldAt, tellExpiry } from "./expiring.ts";
import { at, paymentAfter, referenceWaiting, TEN } from "./testing/builders.ts";
import { always } from "./testing/lives.ts";

it("that a reference is about to end is told once, within a day of it, and of none that was paid, left or ended", () => {
  let told = 0;
  always(({ before, facts, journal, now }) => {
    for (const fact of facts) {
      if (fact.kind !== "expiry_told") continue;
      told += 1;
      const attempt = before.attempts.find(({ id }) => id === fact.attempt);
      expect([before.status, attempt?.status, attempt?.cancellation]).toEqual(["pending", "pending", null]);
      expect(now).toBeGreaterThanOrEqual((attempt?.reference?.expiresAt ?? Number.NaN) - DAY);
      const same = journal.filter((line) => line.kind === "expiry_told" && line.attempt === fact.attempt);
      expect(same).toHaveLength(1);
    }
  });
  expect(told).toBeGreaterThan(0);
});

it("once it was told, it is due no more", () => {
  const waiting = paymentAfter(referenceWaiting(TEN));
  const due = waiting.attempts.map((attempt) => expiryToldAt(waiting, attempt)).find((one) => one !== null);
  if (due == null) throw new Error("it is never told");
  const told = after(waiting, tellExpiry(waiting, "att_1", at(due)));
  expect(tellExpiry(waiting, "att_1", at(due))).toMatchObject([{ kind: "expiry_told", attempt: "att_1" }]);
  expect(told.attempts.map((attempt) => expiryToldAt(told, attempt))).toEqual([null]);
  expect(tellExpiry(told, "att_1", at(due + DAY / 2))).toEqual([]);
});
