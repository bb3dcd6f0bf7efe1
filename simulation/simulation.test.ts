import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { Living } from "./living.ts";
import type { Asked, Told } from "./told.ts";

const main = join(import.meta.dirname, "main.ts");
const folder = mkdtempSync(join(tmpdir(), "caravela-simulation-"));
afterAll(() => rmSync(folder, { recursive: true }));

function simulate(...words: readonly string[]) {
  const args = ["--conditions=@caravela/source", main, ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { status, said: stdout.trim().split("\n"), stderr };
}

/** Four worlds take half a minute where nobody else is at work. */
const LIMIT_MS = 600_000;

const ALL = { payments: 20, trace: null, only: null, untilWrong: false } as const;

/** Lives runs in one process, one after the other. */
async function lived(all: readonly Asked[]): Promise<Told[]> {
  const living = new Living();
  const told: Told[] = [];
  try {
    for (const asked of all) told.push(await living.live(asked));
  } finally {
    await living.end();
  }
  return told;
}

/** Worlds in which something was found once, and one of each kind of weather. */
it(
  "seeds 5 and 3: when all is over, SIBS, servers and shop agree, and it is the same again to the byte",
  async () => {
    const asked = ["--payments", "20", "--seed", "5", "--kept", join(folder, "kept")];
    const { said, status } = simulate(...asked);
    expect(said.at(-1), said.join("\n")).toMatch(
      /^20 payments begun and \d+ made, \d+ faults of \d+ kinds, .* 0 violations$/,
    );
    expect(status).toBe(0);
    const known = simulate(...asked).said;
    expect(known).toContain(`1 of them is in ${join(folder, "kept")}`);
    expect(known.at(-1)).toBe(said.at(-1)?.replace(/[\d.]+ made a second/, "all lived before"));
    const worlds = await lived([3, 5, 3].map((seed) => ({ ...ALL, seed })));
    const [one, five, again] = worlds;
    expect(worlds.flatMap(({ violations }) => violations)).toEqual([]);
    // whether a world is the first of its process or comes after others
    expect(`trace ${five?.trace}`).toBe(said.find((line) => line.startsWith("trace ")));
    expect(again?.trace).toBe(one?.trace);
  },
  LIMIT_MS,
);

it(
  "in a world that nobody has lived before, too",
  () => {
    const seed = String(randomInt(1_000_000_000));
    console.log(`a world, with --payments 60 --seed ${seed}`);
    const { said, status } = simulate("--payments", "60", "--seed", seed);
    expect(status, said.join("\n")).toBe(0);
  },
  LIMIT_MS,
);

it("goes on under kills: a server that was killed is started again, and answers", async () => {
  const [world] = await lived([{ ...ALL, seed: 80, only: ["crash"] }]);
  const { made = 0, points = {}, violations } = world ?? {};
  expect(violations).toEqual([]);
  const kills = Object.values(points).reduce((sum, point) => sum + point.killed, 0);
  expect(kills).toBeGreaterThan(40);
  expect(made).toBeGreaterThan(10);
});

it("says how it is asked, where it cannot be", () => {
  for (const words of [
    ["--payments", "none"],
    ["--seed", "-1"],
    ["--payment", "3"],
    ["--payments", "1000", "--trace", "x"],
    ["--kept", "x"],
    ["--kept", "x", "--seed", "1", "--trace", "y"],
  ]) {
    const { status, stderr } = simulate(...words);
    expect(status, words.join(" ")).toBe(2);
    expect(stderr).toContain("npm run simulate --");
  }
});

it("says of a mistake that it could not put into a run that it could not", async () => {
  await expect(new Living("no such mistake").live({ ...ALL, seed: 1 })).rejects.toThrow(
    "no mutation is called no such mistake",
  );
});
