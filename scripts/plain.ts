import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { citedInProgram, citedInText } from "./plain/plain.ts";

// Whoever uses this reads what is so, and not where we learnt it: that has one page, docs/fidelity.md, in words that a
// stranger understands.

const root = join(import.meta.dirname, "..");
const files = (...patterns: string[]) =>
  patterns
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((path) => !/\.test\.tsx?$|node_modules|\/dist\//.test(path))
    .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(root, path), "utf8") }));

/** Documents, and the client with its comments, which editors show to whoever calls it. */
const read = files("*.md", "docs/*.md", "{packages,examples}/*/README.md", "packages/sibs/src/**/*.ts");
/** Programs whose texts are read: pages, problems, descriptions, what is said on the command line. */
const said = files(
  "packages/{cli,development,gateway,platform,server,web}/src/**/*.{ts,tsx}",
  "examples/*/{src,public}/**/*.{ts,js}",
);

const faults = [
  ...read.flatMap((file) => citedInText(file).map((mention) => ({ ...mention, path: file.path }))),
  ...said.flatMap((file) => citedInProgram(file).map((mention) => ({ ...mention, path: file.path }))),
];
for (const { path, line, what } of faults) {
  console.error(`${path}:${line} says "${what}": say it in plain words, or leave it out`);
}
if (faults.length > 0) process.exitCode = 1;
else console.log(`plain: ${read.length + said.length} files that users read, and none cites a source of ours`);
