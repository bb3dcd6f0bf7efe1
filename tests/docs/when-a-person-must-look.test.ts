import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const document = readFileSync(join(root, "docs", "how-payments-behave.md"), "utf8");
const [, section = ""] = /^## When a person must look\n([\s\S]*?)^## /m.exec(document) ?? [];
const rows = section
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| What it is"))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, what = "", , call = "", test = ""]) => ({ what, call, test }));

/** The calls that a cell names, each as the words of a path between its ids. */
const callsIn = (cell: string): string[][] =>
  [...cell.matchAll(/`(?:POST|GET) ([^`]+)`/g)].map(([, path = ""]) => path.split(/\{[a-z]+\}/));

describe("what a person must look at", () => {
  it("is listed", () => expect(rows.length).toBeGreaterThan(10));

  it.each(rows)("leads on by a call that a test makes: $what", ({ call, test }) => {
    const [, file = ""] = /^`(tests\/.+\.test\.ts)`$/.exec(test) ?? [];
    expect(existsSync(join(root, file)), file).toBe(true);
    const code = readFileSync(join(root, file), "utf8");
    const last = (words: string[]) => words.filter((word) => word !== "").at(-1) ?? "";
    for (const words of callsIn(call))
      expect(code, `${file} makes ${words.join("{}")}`).toContain(last(words).slice(1));
  });

  it("names every reason for attention and every call by which a person ends something", () => {
    for (const reason of ["amount_differs", "taken_back", "in_doubt", "proved_after_all", "not_taken"]) {
      expect(section).toContain(`\`attention\` \`${reason}\``);
    }
  });
});
