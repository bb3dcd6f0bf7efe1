import { MovableClock } from "@caravela/platform/clock";
import { RateLimitedError, type SibsError, UnavailableError } from "@caravela/sibs";
import { describe, expect, it } from "vitest";
import { ANSWERED, Breaker, wentWrong } from "./breaker.ts";

const FACTS = { returnStatus: null, transactionId: "s2_1", tries: 1 };
const DOWN = wentWrong(new UnavailableError("down", { ...FACTS, httpStatus: 503 }));
const busy = (retryAfterMs: number | null): SibsError =>
  new RateLimitedError("busy", { ...FACTS, httpStatus: 429 }, retryAfterMs);

function set() {
  const clock = new MovableClock({ now: () => new Date(0) });
  const breaker = new Breaker(clock, { number: () => 0, id: (prefix) => prefix } as ConstructorParameters<
    typeof Breaker
  >[1]);
  return { breaker, at: (seconds: number) => clock.moveTo(seconds * 1_000) };
}

describe("a SIBS that is to be spared", () => {
  it("is left alone after five inquiries in a row without an answer", () => {
    const { breaker } = set();
    for (let count = 0; count < 4; count += 1) breaker.note(DOWN);
    expect(breaker.restsUntil()).toBeNull();
    breaker.note(DOWN);
    expect(breaker.restsUntil()).toBe(5_000);
  });

  it("is asked by one first when its rest is over, and by all once that was answered", () => {
    const { breaker, at } = set();
    for (let count = 0; count < 5; count += 1) breaker.note(DOWN);
    at(6);
    expect(breaker.restsUntil()).toBeNull();
    expect(breaker.restsUntil()).toBe(7_000);
    breaker.note(ANSWERED);
    expect([breaker.restsUntil(), breaker.restsUntil()]).toEqual([null, null]);
  });

  it("rests again after one more failure, and forgets a probe of which nothing is heard", () => {
    const { breaker, at } = set();
    for (let count = 0; count < 5; count += 1) breaker.note(DOWN);
    at(6);
    expect(breaker.restsUntil()).toBeNull();
    breaker.note(DOWN);
    expect(breaker.restsUntil()).toBe(11_000);
    at(12);
    expect(breaker.restsUntil()).toBeNull();
    at(23);
    expect(breaker.restsUntil()).toBeNull();
  });

  it("is left alone for as long as it asks, at once, and an hour at most", () => {
    const { breaker } = set();
    breaker.note(wentWrong(busy(90_000)));
    expect(breaker.restsUntil()).toBe(90_000);
    breaker.note(wentWrong(busy(null)));
    expect(breaker.restsUntil()).toBe(90_000);
    const other = set();
    other.breaker.note(wentWrong(busy(86_400_000)));
    expect(other.breaker.restsUntil()).toBe(3_600_000);
  });

  it("has not answered with 429", () => {
    expect(wentWrong(busy(null))).toEqual({ reached: false, retryAfterMs: null });
  });
});
