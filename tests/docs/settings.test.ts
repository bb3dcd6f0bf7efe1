import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** A setting's name where it is read: as a text, or as a member of the environment. */
const NAMED = /(?:["'`]|\benv\.)((?:CARAVELA|SIBS)_[A-Z_]+|DATABASE_(?:DIRECT_)?URL)\b/g;

/** The settings that the programs name, tests and what serves them left out. */
function named(): string[] {
  const files = globSync("{packages,examples}/*/src/**/*.{ts,tsx}", { cwd: root });
  const judged = files.filter((file) => !/\.test\.tsx?$|\/testing\/|node_modules/.test(file));
  const names = judged.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(NAMED)].map(([, name = ""]) => name),
  );
  return [...new Set(names)].sort();
}

/** The first cells of the rows of docs/settings.md that say what they mean. */
function explained(): string[] {
  const text = readFileSync(join(root, "docs", "settings.md"), "utf8");
  return [...text.matchAll(/^\| `([A-Z_]+)` \| [^|]+ \| [^|]+ \|$/gm)].map(([, name = ""]) => name).sort();
}

describe("docs/settings.md", () => {
  it("explains every setting that a program reads, and none that nobody reads", () => {
    expect(explained()).toEqual(named());
  });
});
