import { execFileSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const here = import.meta.dirname;

/** What a program pays for an entry, in bytes: bundled whole, minified, gzipped. */
export const limits = { "index.ts": 12 * 1024, "notification.ts": 5 * 1024, "card-data.ts": 2 * 1024 } as const;

/** Bundles one entry, with all it exports, for any runtime with fetch and WebCrypto. */
export async function bundle(entry: string, format: "esm" | "iife", minify: boolean): Promise<string> {
  const build = await rolldown({ input: join(here, "src", entry), platform: "neutral" });
  const { output } = await build.generate({ format, minify, ...(format === "iife" && { name: "sibs" }) });
  await build.close();
  return output[0].code;
}

/** The gzipped size of an entry's bundle, in bytes. */
export async function gzippedSize(entry: keyof typeof limits): Promise<number> {
  return gzipSync(await bundle(entry, "esm", true), { level: 9 }).length;
}

/** Compiles the sources to JavaScript and declarations. */
export function compile(folder: string): void {
  const compiler = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
  const project = join(here, "tsconfig.build.json");
  execFileSync(process.execPath, [compiler, "-p", project, "--outDir", folder], { stdio: "inherit" });
}

if (import.meta.main) {
  const folder = join(here, "dist");
  rmSync(folder, { recursive: true, force: true });
  compile(folder);
  copyFileSync(join(here, "../../LICENSE"), join(here, "LICENSE"));
  for (const [entry, limit] of Object.entries(limits) as [keyof typeof limits, number][]) {
    console.log(`${entry.padEnd(16)} ${await gzippedSize(entry)} of at most ${limit} bytes gzipped`);
  }
}
