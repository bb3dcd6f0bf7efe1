import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";
import { MUTATIONS } from "./list.ts";
import { mutated } from "./mutated.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

it("knows mistakes whose texts stand once in their files, and that can be run", () => {
  for (const one of MUTATIONS) expect(() => stripTypeScriptTypes(mutated(read(one.file), one)), one.name).not.toThrow();
  expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
  expect(MUTATIONS.length).toBeGreaterThanOrEqual(25);
});

it("refuses a mistake whose text is not there, or more than once", () => {
  const mutation = { name: "a slip", file: "a.ts", before: "x", after: "y" };
  expect(mutated("a x b", mutation)).toBe("a y b");
  expect(() => mutated("a b", mutation)).toThrow('"a slip": its text stands 0 times in a.ts');
  expect(() => mutated("x x", mutation)).toThrow('"a slip": its text stands 2 times in a.ts');
});

it("tells in the documents of each mistake by which property it was caught, and of no other", () => {
  const section = read("docs/reliability.md")
    .split("\n## ")
    .find((one) => one.startsWith("Mistakes put in on purpose"));
  const table = /^\| Mistake .*\n\|.*\n((?:\|.*\n)+)/m.exec(section ?? "")?.[1] ?? "";
  const names = [...table.matchAll(/^\| ([^|]+?) \|/gm)].map(([, name]) => name);
  expect(names).toEqual(MUTATIONS.map(({ name }) => name));
});

it("catches a mistake that is put into a run, and leaves the files as they are", () => {
  const main = join(ROOT, "simulation/main.ts");
  const words = ["--mutations", "--named", "nobody is told that a payment is paid", "--payments", "40", "--seed", "1"];
  const before = MUTATIONS.map(({ file }) => read(file));
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--conditions=@caravela/source", main, ...words], {
    encoding: "utf8",
  });
  expect(stdout, stderr).toMatch(
    /^caught {2}nobody is told that a payment is paid: seed 1, after \d+ payments, by "every/m,
  );
  expect(stdout.trim().split("\n").at(-1)).toBe("1 mutations, 1 caught, 0 missed");
  expect(status).toBe(0);
  expect(MUTATIONS.map(({ file }) => read(file))).toEqual(before);
});
