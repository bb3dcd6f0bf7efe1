import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

const main = join(import.meta.dirname, "main.ts");

function simulate(...words: readonly string[]) {
  const args = ["--conditions=@caravela/source", main, ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { status, said: stdout.trim().split("\n"), stderr };
}

/** Worlds in which something was found once, and one of each kind of weather. */
it.each([5, 3])(
  "seed %i: when all is over, SIBS, servers and shop agree, and it is the same again to the byte",
  (seed) => {
    const [one, again] = [1, 2].map(() => simulate("--payments", "20", "--seed", String(seed)));
    expect(one?.said.at(-1), one?.said.join("\n")).toMatch(
      /^20 payments begun and \d+ made, \d+ faults of \d+ kinds, .* 0 violations$/,
    );
    expect(one?.status).toBe(0);
    const traceOf = (said: readonly string[] = []) => said.find((line) => line.startsWith("trace "));
    expect(traceOf(one?.said)).toMatch(/^trace [0-9a-f]{64}$/);
    expect(traceOf(again?.said)).toBe(traceOf(one?.said));
  },
);

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
