import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

/** What a file imports before its first line runs; `import()` and types wait. */
const IMPORTED = /^(?:import|export)(?! type)[^"';]*?from "([^"]+)"|^import "([^"]+)"/gm;

/** Everything that is loaded with a file: our own files in this package, and the names of what is outside. */
function loadedWith(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, from, bare] of readFileSync(path, "utf8").matchAll(IMPORTED)) {
    const name = from ?? bare ?? "";
    const file = join(dirname(path), name);
    if (name.startsWith(".") && existsSync(file)) loadedWith(file, seen);
    else seen.add(name);
  }
  return seen;
}

it("loads no program before the pages are built, which in a fresh clone they are not", () => {
  const loaded = loadedWith(join(import.meta.dirname, "main.ts"));
  expect([...loaded]).toContain("@caravela/web/build");
  expect([...loaded].filter((name) => /^@caravela\/(server|gateway)$|^@caravela\/web\/(?!build$)/.test(name))).toEqual(
    [],
  );
});

it("loads no PostgreSQL that comes along before it is known whether one is wanted", () => {
  const loaded = loadedWith(join(import.meta.dirname, "main.ts"));
  expect([...loaded].filter((name) => name.startsWith("@caravela/development"))).toEqual([]);
  expect([...loadedWith(join(import.meta.dirname, "start.ts"))]).toContain("@caravela/development/embedded");
});

it("sees what is loaded by way of another file", () => {
  expect([...loadedWith(join(import.meta.dirname, "doctor", "doctor.ts"))]).toContain("@caravela/server");
});
