import { expect, it } from "vitest";
import { LatestCalls } from "./latest-calls.ts";

function calling() {
  const time = { ms: 1_000_000 };
  return { time, latest: new LatestCalls({ now: () => new Date(time.ms) }) };
}

it("tells how SIBS has answered in the last five minutes", () => {
  const { time, latest } = calling();
  expect(latest.summary).toEqual({ calls: 0, refused: 0, unanswered: 0, medianMs: null, slowestMs: null });
  latest.note({ status: 500, ms: 9_000 });
  time.ms += 5 * 60_000;
  for (const ms of [30, 10, 20]) latest.note({ status: 200, ms });
  latest.note({ status: 429, ms: 15 });
  latest.note({ status: null, ms: 10_000 });
  expect(latest.summary).toEqual({ calls: 5, refused: 1, unanswered: 1, medianMs: 20, slowestMs: 10_000 });
});

it("remembers the last of very many", () => {
  const { latest } = calling();
  for (let n = 1; n <= 20_000; n += 1) latest.note({ status: 200, ms: n });
  expect(latest.summary).toMatchObject({ calls: 4_096, slowestMs: 20_000, medianMs: 20_000 - 2_048 });
});
