import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DROP_IN_PATH, PAGES } from "../packages/server/src/http/public-paths.ts";
import { answered, rowsOf } from "./paths/paths.ts";

// What a proxy must let through is told in two places; a page that is missing there is dead for every customer behind
// it.

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const sources = globSync("packages/server/src/**/*.ts", { cwd: root })
  .filter((path) => !path.endsWith(".test.ts"))
  .map((path) => ({ path, text: read(path) }));

/** Served on this machine alone, by a clock that is moved. */
const LOCAL = ["/sandbox"];
const paths = answered(sources).difference(new Set(LOCAL));
const guide = read("docs/going-live.md");
const table = rowsOf(guide, /^\| (the internet|your shop's server only|your own network only) \|/);
const toTheInternet = new Set([
  "/assets",
  "/notifications",
  DROP_IN_PATH,
  ...PAGES.map((page) => page.replace(/\/$/, "")),
]);
const said = rowsOf(read("SECURITY.md"), /^ *The internet needs /);

const faults = [
  ...[...paths.difference(table)].map((path) => `docs/going-live.md: the proxy's table leaves out ${path}`),
  ...[...table.difference(paths)].map(
    (path) => `docs/going-live.md: the proxy's table names ${path}, which is no route`,
  ),
  ...[...toTheInternet.symmetricDifference(rowsOf(guide, /^\| the internet \|/))].map(
    (path) => `docs/going-live.md: ${path} is for the internet, or is said to be`,
  ),
  ...[...toTheInternet.symmetricDifference(said)].map(
    (path) => `SECURITY.md: the internet needs ${path}, or is said to`,
  ),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`paths: ${paths.size} are served, and each is where a proxy's owner looks`);
