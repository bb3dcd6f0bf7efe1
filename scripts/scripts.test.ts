import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

it("every script of the project installs first what is missing or older than the lock", () => {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"));
  const named = Object.keys(scripts).filter((name) => !name.startsWith("pre"));
  expect(named).toContain("typecheck");
  expect(named.filter((name) => scripts[`pre${name}`] !== "node scripts/install.mjs")).toEqual([]);
});
