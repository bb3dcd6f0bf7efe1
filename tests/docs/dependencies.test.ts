import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** Everything that any `package.json` asks for by name, but our own packages. */
function asked(): string[] {
  const files = ["package.json", ...globSync("{packages,examples}/*/package.json", { cwd: root })];
  const names = files.flatMap((file) => {
    const manifest = JSON.parse(readFileSync(join(root, file), "utf8"));
    const kinds = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
    return kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));
  });
  return [...new Set(names)].filter((name) => !name.startsWith("@caravela/")).sort();
}

/** The first cells of the rows of docs/dependencies.md. */
function accountedFor(): string[] {
  const text = readFileSync(join(root, "docs", "dependencies.md"), "utf8");
  return [...text.matchAll(/^\| `([^`]+)` \| [^|]/gm)].map(([, name = ""]) => name).sort();
}

describe("docs/dependencies.md", () => {
  it("has one line for each dependency, and none for what is no dependency", () => {
    expect(accountedFor()).toEqual(asked());
  });
});
