import { systemClock } from "@caravela/platform/clock";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CallRate } from "./call-rate.ts";

beforeEach(
  () => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] }),
);
afterEach(() => void vi.useRealTimers());

/** Calls that may wait, at such a rate: when each of them went, in milliseconds from now, by its number. */
function waiting(rate: CallRate, count: number): number[] {
  const begun = Date.now();
  const went: number[] = [];
  for (let number = 0; number < count; number += 1) void rate.turn().then(() => (went[number] = Date.now() - begun));
  return went;
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** At a moment at which a second's calls have just been made. */
async function inUse(perSecond: number): Promise<CallRate> {
  const rate = new CallRate(perSecond, systemClock);
  waiting(rate, perSecond);
  await pass(0);
  return rate;
}

describe("calls to SIBS", () => {
  it("that may wait are so many a second, and none of them is left out", async () => {
    const rate = await inUse(50);
    const went = waiting(rate, 200);
    await pass(4_050);
    expect(went).toHaveLength(200);
    for (const second of [0, 1, 2, 3]) {
      const within = went.filter((at) => at >= second * 1_000 && at < (second + 1) * 1_000);
      expect(within.length).toBeGreaterThanOrEqual(49);
      expect(within.length).toBeLessThanOrEqual(51);
    }
    expect(went).toEqual(went.toSorted((one, other) => one - other));
  });

  it("that were not made within a second may be made up for, not those of an hour", async () => {
    const rate = await inUse(10);
    await pass(3_600_000);
    const went = waiting(rate, 40);
    await pass(500);
    expect(went.length).toBeGreaterThanOrEqual(10);
    expect(went.length).toBeLessThanOrEqual(16);
  });

  it("that somebody waits for count, so that what may wait comes after them", async () => {
    const rate = await inUse(10);
    for (let number = 0; number < 5; number += 1) rate.count();
    const went = waiting(rate, 1);
    await pass(400);
    expect(went).toEqual([]);
    await pass(300);
    expect(went).toHaveLength(1);
  });

  it("that may wait do so for five seconds at most, however many others there are", async () => {
    const rate = await inUse(10);
    const others = setInterval(() => rate.count(), 10);
    await pass(1_000);
    const went = waiting(rate, 3);
    await pass(6_000);
    clearInterval(others);
    expect(went).toEqual([5_000, 5_000, 5_000]);
  });

  it("are not held up where no rate is set", async () => {
    const went = waiting(new CallRate(0, systemClock), 1_000);
    await pass(0);
    expect(went).toHaveLength(1_000);
  });
});
