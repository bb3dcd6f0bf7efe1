import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { strayComparisons, strayLists } from "./methods/lists.ts";

// There is one registry of methods, packages/server/src/domain/methods: whatever else is said of each of them is held
// to it by a type, or generated from it.

const root = join(import.meta.dirname, "..");
const paths = globSync("{packages,examples}/*/src/**/*.{ts,tsx}", { cwd: root }).filter(
  (path) => !/\.(test|generated)\.tsx?$|\/testing\/|\/texts\./.test(path),
);
const sources = paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
const strays = strayLists(sources);
// SIBS's own words for them are the simulated gateway's, and stand in one file each there too.
const asking = strayComparisons(sources.filter(({ path }) => /^packages\/(server|web)\//.test(path)));
for (const path of strays) {
  console.error(`${path} lists methods by itself: ask the registry, or type it by Record<Method, …>.`);
}
for (const path of asking) console.error(`${path} asks which method it is: say it in the table of its room's methods.`);
if (strays.length + asking.length > 0) process.exitCode = 1;
else console.log(`methods: ${paths.length} files, and one registry`);
