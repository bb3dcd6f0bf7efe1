import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Living } from "./living.ts";

const main = join(import.meta.dirname, "main.ts");

function simulate(...words: readonly string[]) {
  const args = ["--conditions=@caravela/source", main, ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { status, said: stdout.trim().split("\n"), stderr };
}

/** Worlds in which something was found once, and one of each kind of weather. */
it("seeds 5 and 3: when all is over, SIBS, servers and shop agree, and it is the same again to the byte", async () => {
  const { said, status } = simulate("--payments", "20", "--seed", "5");
  expect(said.at(-1), said.join("\n")).toMatch(
    /^20 payments begun and \d+ made, \d+ faults of \d+ kinds, .* 0 violations$/,
  );
  expect(status).toBe(0);
  const living = new Living();
  const worlds = [];
  for (const seed of [3, 5, 3])
    worlds.push(await living.live({ seed, payments: 20, trace: null, only: null, untilWrong: false }));
  await living.end();
  const [one, five, again] = worlds;
  expect(worlds.flatMap(({ violations }) => violations)).toEqual([]);
  // whether a world is the first of its process or comes after others
  expect(`trace ${five?.trace}`).toBe(said.find((line) => line.startsWith("trace ")));
  expect(again?.trace).toBe(one?.trace);
});

it("loses no life with a server that is killed: the next one answers", async () => {
  const living = new Living();
  const killed = { seed: 77, payments: 20, trace: null, only: ["crash"], untilWrong: false } as const;
  const { made, points, violations } = await living.live(killed);
  await living.end();
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
  ]) {
    const { status, stderr } = simulate(...words);
    expect(status, words.join(" ")).toBe(2);
    expect(stderr).toContain("npm run simulate --");
  }
});
