import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Breach, findBreaches, findCirclesBeside } from "./arrows/breaches.ts";

const root = join(import.meta.dirname, "..");
const files = filesIn("{packages,examples}");
const beside = filesIn("{tests,bench,faults,fuzz,scripts,simulation}");
const breaches = [...findBreaches(files), ...findCirclesBeside(beside)];

for (const breach of breaches) console.error(line(breach));
if (breaches.length > 0) process.exitCode = 1;
else console.log(`arrows: ${files.length + beside.length} files, every import points the right way`);

function filesIn(folders: string) {
  const paths = globSync(`${folders}/**/*.{ts,tsx}`, {
    cwd: root,
    exclude: (name) => name === "node_modules" || name === "dist",
  });
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

function line({ path, line, says }: Breach): string {
  return `${path}:${line} ${says}`;
}
