import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tooWide, WIDTH, wrapped } from "./layout/comments.ts";
import { spreadLiterals } from "./layout/spreads.ts";

// What the formatter leaves as it is: comments that are wider than code may be, which `--write` wraps, and literals
// that are taken apart so that it lays them out in fewer lines.

const root = join(import.meta.dirname, "..");
const files = globSync("{*,{packages,examples,tests,scripts,bench}/**/*}.{ts,tsx,mjs,js,css}", { cwd: root })
  .filter((path) => !/node_modules|\/dist\//.test(path))
  .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(root, path), "utf8") }));

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
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else
  console.log(`layout: ${files.length} files, no comment wider than ${WIDTH} columns, no literal spread into another`);
