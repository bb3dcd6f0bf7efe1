import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { strayLists } from "./methods/lists.ts";

// There is one registry of methods, packages/server/src/domain/methods: whatever else is said of each of them is held to it by a type.

const root = join(import.meta.dirname, "..");
const paths = globSync("{packages,examples}/*/src/**/*.{ts,tsx}", { cwd: root }).filter(
  (path) => !/\.test\.tsx?$|\/testing\/|\/texts\./.test(path),
);
const strays = strayLists(paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") })));
for (const path of strays) {
  console.error(`${path} lists methods by itself: ask the registry, or type it by Record<Method, …>.`);
}
if (strays.length > 0) process.exitCode = 1;
else console.log(`methods: ${paths.length} files, and one registry`);
