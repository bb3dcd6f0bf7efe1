import { MovableClock } from "@caravela/platform/clock";
import type { TryOutcome } from "@caravela/sibs";
import { describe, expect, it } from "vitest";
import { Breaker } from "./breaker.ts";

const ANSWERED: TryOutcome = { httpStatus: 200, retryAfterMs: null };
const DOWN: TryOutcome = { httpStatus: 503, retryAfterMs: null };
const busy = (retryAfterMs: number | null, httpStatus = 429): TryOutcome => ({ httpStatus, retryAfterMs });

function set() {
  const clock = new MovableClock({ now: () => new Date(0) });
  const breaker = new Breaker(clock, { number: () => 0, id: (prefix) => prefix } as ConstructorParameters<
    typeof Breaker
  >[1]);
  return { breaker, at: (seconds: number) => clock.moveTo(seconds * 1_000) };
}

function opened() {
  const stage = set();
  for (let count = 0; count < 5; count += 1) stage.breaker.note(DOWN);
  return stage;
}

describe("a SIBS that is to be spared", () => {
  it.each([DOWN, { httpStatus: null, retryAfterMs: null }])("is left alone after five calls in a row: %j", (came) => {
    const { breaker } = set();
    for (let count = 0; count < 4; count += 1) breaker.note(came);
    expect(breaker.restsUntil()).toBeNull();
    breaker.note(came);
    expect(breaker.restsUntil()).toBe(5_000);
  });

  it("is called by one first when its rest is over, and by all once that was answered", () => {
    const { breaker, at } = opened();
    at(6);
    expect(breaker.restsUntil()).toBeNull();
    expect(breaker.restsUntil()).toBe(7_000);
    breaker.note(ANSWERED);
    expect([breaker.restsUntil(), breaker.restsUntil()]).toEqual([null, null]);
  });

  it("rests again after one more failure, and forgets a probe of which nothing is heard", () => {
    const { breaker, at } = opened();
    at(6);
    expect(breaker.restsUntil()).toBeNull();
    breaker.note(DOWN);
    expect(breaker.restsUntil()).toBe(11_000);
    at(12);
    expect(breaker.restsUntil()).toBeNull();
    at(23);
    expect(breaker.restsUntil()).toBeNull();
  });

  it("has its turn to be called however often customers try in vain meanwhile", () => {
    const { breaker, at } = opened();
    for (let second = 1; second < 6; second += 1) {
      at(second);
      breaker.note(DOWN);
    }
    at(6);
    breaker.note(DOWN);
    expect(breaker.restsUntil()).toBeNull();
  });

  it.each([429, 503, 500])("is left alone for as long as it asks, at once, and an hour at most (%i)", (status) => {
    const { breaker } = set();
    breaker.note(busy(90_000, status));
    expect(breaker.restsUntil()).toBe(90_000);
    breaker.note(busy(10_000, status));
    expect(breaker.restsUntil()).toBe(90_000);
    const other = set();
    other.breaker.note(busy(86_400_000, status));
    expect(other.breaker.restsUntil()).toBe(3_600_000);
  });

  it("is left alone after 429 although it does not say for how long, and also while it answers others", () => {
    const { breaker } = set();
    breaker.note(busy(null));
    breaker.note(ANSWERED);
    expect(breaker.restsUntil()).toBe(5_000);
  });

  it.each([200, 302, 400, 401, 404, 409])("answers with %i", (httpStatus) => {
    const { breaker } = set();
    for (let count = 0; count < 10; count += 1) breaker.note({ httpStatus, retryAfterMs: null });
    expect(breaker.restsUntil()).toBeNull();
  });
});
