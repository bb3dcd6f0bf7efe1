import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Breach, findBreaches } from "./arrows/breaches.ts";

const root = join(import.meta.dirname, "..");
const paths = globSync("{packages,examples}/**/*.{ts,tsx}", {
  cwd: root,
  exclude: (name) => name === "node_modules" || name === "dist",
});
const breaches = findBreaches(paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") })));

for (const breach of breaches) console.error(line(breach));
if (breaches.length > 0) process.exitCode = 1;
else console.log(`arrows: ${paths.length} files, every import points the right way`);

function line({ path, line, says }: Breach): string {
  return `${path}:${line} ${says}`;
}
