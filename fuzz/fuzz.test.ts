import { randomInt } from "node:crypto";
import { TEST_SERVER } from "@caravela/platform/testing/database";
import { expect, it } from "vitest";
import type { Batch } from "./batch.ts";
import { KEPT } from "./kept.ts";
import { batchesOf } from "./plan.ts";
import type { Tally } from "./report.ts";
import { KINDS } from "./request.ts";
import { sendBy } from "./workers.ts";

/** It takes a dozen seconds where nobody else is at work. */
const LIMIT_MS = 600_000;
const TODAY = new Date().toISOString().slice(0, 10);

async function send(batches: readonly Batch[]): Promise<Tally[]> {
  const tallies: Tally[] = [];
  await sendBy(1, batches, { postgres: process.env[TEST_SERVER] ?? "", done: (tally) => void tallies.push(tally) });
  return tallies;
}

it(
  "whatever anybody sends, and whatever once did harm, does none",
  async () => {
    const seed = randomInt(1_000_000_000);
    console.log(`anything, with --seed ${seed} --day ${TODAY}`);
    const tallies = await send([...KEPT, ...batchesOf({ inputs: 1_000, seed, day: TODAY, kinds: KINDS, again: null })]);
    expect(tallies.flatMap(({ violations }) => violations.map(({ text }) => text))).toEqual([]);
    expect(new Set(tallies.map(({ kind }) => kind))).toEqual(new Set(KINDS));
  },
  LIMIT_MS,
);

it(
  "one seed sends the same, byte for byte, in whichever world",
  async () => {
    const batch = { seed: 7, day: "2026-11-29", kind: "api", from: 0, inputs: 60 } as const;
    const [one, other, another] = await send([batch, batch, { ...batch, seed: 8 }]);
    expect(other?.digest).toBe(one?.digest);
    expect(another?.digest).not.toBe(one?.digest);
  },
  LIMIT_MS,
);
