import { execFileSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const here = import.meta.dirname;

/** What a program pays for all of the client, in bytes: bundled, minified, gzipped. */
export const LIMIT = 6 * 1024;

/** Bundles the client, with all it exports, for any runtime with fetch and WebCrypto. */
export async function bundle(format: "esm" | "iife", minify: boolean): Promise<string> {
  const build = await rolldown({ input: join(here, "src", "index.ts"), platform: "neutral" });
  const { output } = await build.generate({ format, minify, ...(format === "iife" && { name: "client" }) });
  await build.close();
  return output[0].code;
}

/** The gzipped size of the bundle, in bytes. */
export async function gzippedSize(): Promise<number> {
  return gzipSync(await bundle("esm", true), { level: 9 }).length;
}

if (import.meta.main) {
  const folder = join(here, "dist");
  rmSync(folder, { recursive: true, force: true });
  const compiler = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
  const project = join(here, "tsconfig.build.json");
  execFileSync(process.execPath, [compiler, "-p", project, "--outDir", folder], { stdio: "inherit" });
  copyFileSync(join(here, "../../LICENSE"), join(here, "LICENSE"));
  console.log(`${await gzippedSize()} of at most ${LIMIT} bytes gzipped`);
}
