import { execFileSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { root } from "./published.ts";

/**
 * What runs wherever there is fetch and WebCrypto, by its name: what a program pays for an entry of it, in bytes
 * (bundled whole, minified, gzipped).
 */
export const LIMITS = {
  sibs: { "index.ts": 12 * 1024, "notification.ts": 5 * 1024, "card-data.ts": 2 * 1024 },
  client: { "index.ts": 6 * 1024 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A package that is published as its sources are, each file compiled by itself. */
export type Library = keyof typeof LIMITS;

/** Bundles one entry, with all it exports: as a module, or as a script whose global has the library's name. */
export async function bundleEntry(
  library: Library,
  entry: string,
  format: "esm" | "iife",
  minify: boolean,
): Promise<string> {
  const build = await rolldown({ input: join(folderOf(library), "src", entry), platform: "neutral" });
  const { output } = await build.generate({ format, minify, ...(format === "iife" && { name: library }) });
  await build.close();
  return output[0].code;
}

/** The gzipped size of an entry's bundle, in bytes. */
export async function gzippedSize(library: Library, entry: string): Promise<number> {
  return gzipSync(await bundleEntry(library, entry, "esm", true), { level: 9 }).length;
}

/** Compiles the sources to JavaScript and declarations. */
export function compile(library: Library, to: string): void {
  const folder = folderOf(library);
  const compiler = join(createRequire(join(folder, "package.json")).resolve("typescript/package.json"), "../bin/tsc");
  const project = join(folder, "tsconfig.build.json");
  execFileSync(process.execPath, [compiler, "-p", project, "--outDir", to], { stdio: "inherit" });
}

function folderOf(library: Library): string {
  return join(root, "packages", library);
}

/** Builds into `dist` what a user gets: `node scripts/packages/library.ts sibs`. `npm pack` runs it by itself. */
async function build(library: Library): Promise<void> {
  const folder = folderOf(library);
  rmSync(join(folder, "dist"), { recursive: true, force: true });
  compile(library, join(folder, "dist"));
  copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  for (const [entry, limit] of Object.entries<number>(LIMITS[library])) {
    console.log(`${entry.padEnd(16)} ${await gzippedSize(library, entry)} of at most ${limit} bytes gzipped`);
  }
}

if (import.meta.main) await build(process.argv[2] as Library);
