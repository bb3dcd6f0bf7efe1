import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tooWide, WIDTH, wrapped } from "./layout/comments.ts";
import { spreadLiterals } from "./layout/spreads.ts";
import { brokenTables } from "./layout/tables.ts";

// What the formatter leaves as it is: comments that are wider than code may be, which `--write` wraps, and literals
// that are taken apart so that it lays them out in fewer lines. And tables of documents that no page shows as such, as
// when two changes were put together.

const root = join(import.meta.dirname, "..");
const filesAt = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .filter((path) => !/node_modules|\/dist\//.test(path))
    .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(root, path), "utf8") }));
const files = filesAt(
  "{*,{packages,examples,tests,scripts,bench,faults,fuzz,simulation}/**/*}.{ts,tsx,mjs,js,css}",
).filter(({ path }) => !path.endsWith(".generated.ts"));
const documents = filesAt("{*,{docs,packages,examples,tests,scripts,bench,faults,fuzz,simulation}/**/*}.md");

if (process.argv.includes("--write")) {
  for (const file of files) {
    const text = wrapped(file.text);
    if (text === file.text) continue;
    writeFileSync(join(root, file.path), text);
    file.text = text;
  }
}

const faults = [
  ...files.flatMap((file) =>
    tooWide(file).map(
      ({ line }) => `${file.path}:${line} is a comment of more than ${WIDTH} columns: \`npm run format\` wraps it`,
    ),
  ),
  ...files.flatMap((file) =>
    spreadLiterals(file).map(
      ({ line }) => `${file.path}:${line} spreads a literal into another: write its members there`,
    ),
  ),
  ...documents.flatMap((file) =>
    brokenTables(file).map(({ line, what }) => `${file.path}:${line} begins or is in a table that ${what}`),
  ),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else
  console.log(
    `layout: ${files.length} files, no comment wider than ${WIDTH} columns, no literal spread into another; ${documents.length} documents, each table whole`,
  );
