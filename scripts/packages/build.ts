import { copyFileSync, cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildWebIfStale } from "@caravela/web/build";
import { bundle } from "./bundle.ts";
import { writeDeclarations } from "./declarations.ts";
import { published, root } from "./published.ts";

/**
 * Builds what a user gets of a package into its `dist`, laid out as the sources are, so that each file finds what lies
 * beside it: `node scripts/packages/build.ts server`. `npm pack` runs it by itself.
 */
const name = process.argv[2] ?? "";
const { folder, entries, declared, beside } = published(name);
const dist = join(folder, "dist");

await buildWebIfStale();
rmSync(dist, { recursive: true, force: true });
const outside = await bundle(entries, dist);
refuseOthers(outside);
writeDeclarations(join(root, "packages"), declared, dist);
for (const [from, to] of Object.entries(beside)) cpSync(join(root, from), join(dist, to), { recursive: true });
copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));

/** What is left outside is exactly what `package.json` has installed with it: nothing is missing, nothing too much. */
function refuseOthers(outside: ReadonlySet<string>): void {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const missing = [...outside].filter((one) => !(one in dependencies));
  const unneeded = Object.keys(dependencies).filter((one) => !outside.has(one));
  if (missing.length + unneeded.length === 0) return;
  const said = [`missing: ${missing.join(", ") || "none"}`, `not needed: ${unneeded.join(", ") || "none"}`];
  throw new Error(`packages/${name}/package.json has other dependencies than what is built: ${said.join("; ")}`);
}
