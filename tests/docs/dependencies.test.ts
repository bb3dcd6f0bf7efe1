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

/** What a package of ours has installed with it: what it asks for, and what its packages of ours ask for. */
function installedWith(name: string): string[] {
  const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
  const kinds = ["dependencies", "optionalDependencies", "peerDependencies"];
  const names = kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));
  return [...names, ...names.flatMap((one) => (one.startsWith("@caravela/") ? installedWith(one.slice(10)) : []))];
}

/** Every version that our packages ask for of each that is installed with them. */
function versionsAsked(): Map<string, Set<string>> {
  const asked = new Map<string, Set<string>>();
  for (const file of globSync("packages/*/package.json", { cwd: root })) {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(root, file), "utf8"));
    for (const [name, version] of Object.entries<string>({ ...dependencies, ...devDependencies }))
      asked.set(name, (asked.get(name) ?? new Set()).add(version));
  }
  return asked;
}

describe("what runs in production", () => {
  it.each(["server", "gateway", "platform", "cli"])("packages/%s has no PostgreSQL and nothing that builds", (name) => {
    expect(installedWith(name)).toContain("pg");
    const others = /postgres(?!-)|vite|rolldown|typescript|^node$/;
    expect(installedWith(name).filter((one) => others.test(one))).toEqual([]);
  });

  it("asks for one and the same version everywhere: what is in a bundle runs with what it was written for", () => {
    const several = [...versionsAsked()].filter(([, versions]) => versions.size > 1);
    expect(several.map(([name]) => name)).toEqual([]);
  });
});

describe("docs/dependencies.md", () => {
  it("has one line for each dependency, and none for what is no dependency", () => {
    expect(accountedFor()).toEqual(asked());
  });
});
