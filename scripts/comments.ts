import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tooWide, WIDTH, wrapped } from "./comments/comments.ts";

// The formatter keeps code within its width and leaves comments as they are: this keeps them within it as well. With
// `--write` it wraps them.

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

const faults = files.flatMap((file) => tooWide(file).map(({ line }) => `${file.path}:${line}`));
for (const fault of faults)
  console.error(`${fault} is a comment of more than ${WIDTH} columns: \`npm run format\` wraps it`);
if (faults.length > 0) process.exitCode = 1;
else console.log(`comments: ${files.length} files, and each line of one is within ${WIDTH} columns`);
