import { MovableClock } from "@caravela/platform/clock";
import { createHttp } from "@caravela/platform/http";
import { createLog } from "@caravela/platform/log";
import { expect, it } from "vitest";
import { serveClock } from "./clock.ts";
import { TimeMachine } from "./time-machine.ts";

const SECOND = 1_000;
const start = Date.parse("2026-11-22T10:00:00Z");

/**
 * A clock whose one worker has something due at some moments, counted in seconds from the start, and works three
 * seconds of system time at each.
 */
function clockWithWork(...dueSeconds: number[]) {
  let systemMs = start;
  const systemClock = { now: () => new Date(systemMs) };
  const clock = new MovableClock(systemClock);
  const due = new Set(dueSeconds.map((seconds) => start + seconds * SECOND));
  const worker = {
    drain: async () => {
      const now = clock.now().getTime();
      const ready = [...due].filter((at) => at <= now);
      for (const at of ready) {
        due.delete(at);
        systemMs += 3 * SECOND;
      }
      return ready.length;
    },
    nextDue: async () => (due.size === 0 ? null : new Date(Math.min(...due))),
    isIdle: true,
  };
  const http = createHttp({ log: createLog({ name: "test", level: "silent" }) });
  serveClock(http, { clock, timeMachine: new TimeMachine({ clock, systemClock, workers: [worker], followers: [] }) });
  return (body: object) => http.inject({ method: "POST", url: "/sandbox/clock/advance", body });
}

it("arrives at the moment that was asked for, however long the work on the way took", async () => {
  const advance = clockWithWork(60, 120, 180);
  expect((await advance({ to: "2026-11-22T11:00:00Z" })).json().now).toBe("2026-11-22T11:00:00.000Z");
});

it("adds to that moment only what the work took that was due then", async () => {
  const advance = clockWithWork(60, 120, 3_600);
  expect((await advance({ to: "2026-11-22T11:00:00Z" })).json().now).toBe("2026-11-22T11:00:03.000Z");
});

it("advances by the seconds that were asked for, and the time that the work took passes besides", async () => {
  const advance = clockWithWork(60, 120);
  const { now, offsetSeconds } = (await advance({ seconds: 3_600 })).json();
  expect([now, offsetSeconds]).toEqual(["2026-11-22T11:00:06.000Z", 3_600]);
});

it("does not move on while something is in hand that has become due since it was drained", async () => {
  const systemClock = { now: () => new Date(start) };
  const clock = new MovableClock(systemClock);
  const seen: number[] = [];
  let inHand = false;
  const worker = {
    drain: async () => {
      seen.push(clock.offsetMs);
      inHand = false;
      return 0;
    },
    nextDue: async () => {
      inHand = seen.length === 1; // begun by itself, right after the first drain
      return null;
    },
    get isIdle() {
      return !inHand;
    },
  };
  await new TimeMachine({ clock, systemClock, workers: [worker], followers: [] }).advance(60 * SECOND);
  expect(seen).toEqual([0, 0, 60 * SECOND]);
});
