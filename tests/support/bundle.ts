import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type OutputChunk, type Plugin, rolldown } from "rolldown";
import { PAGES_ARE_BUILT } from "../../scripts/packages/bundle.ts";
import { BUNDLED, CACHE, compiled, root } from "./programs.ts";

/** What tests start, and what that loads when it is told what to be. */
const ENTRIES = {
  main: "packages/cli/src/main.ts",
  shop: "packages/cli/src/shop.ts",
  server: "packages/server/src/main.ts",
  gateway: "packages/gateway/src/main.ts",
};
const LOADED = ["server", "gateway"];
const DAY_MS = 24 * 60 * 60 * 1000;

/** What programs find by where their sources lie stays there; the programs themselves lie beside each other. */
const SOURCES_STAY: Plugin = {
  name: "sources-stay",
  transform(code, id) {
    if (!/\/(packages|examples)\//.test(id) || id.endsWith("/cli/src/wiring.ts")) return null;
    return code
      .replaceAll("import.meta.dirname", JSON.stringify(dirname(id)))
      .replaceAll("import.meta.filename", JSON.stringify(id))
      .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href));
  },
};

/**
 * Bundles our command and the example shop for the tests of a run, and compiles them: those that tests start are often
 * killed, and would leave nothing compiled for the next. A bundle of the same content is there once.
 */
export async function bundlePrograms(): Promise<void> {
  const bundles = join(CACHE, "programs");
  const chunks = await bundle();
  const digest = createHash("sha256");
  for (const { fileName, code } of chunks) digest.update(fileName).update(code);
  const folder = join(bundles, digest.digest("hex").slice(0, 16));
  await mkdir(bundles, { recursive: true });
  if (!existsSync(folder)) await writeWhole(chunks, folder);
  await utimes(folder, new Date(), new Date());
  await removeOlder(bundles);
  process.env[BUNDLED] = folder;
  await compile(folder);
}

/** Has all that they are loaded, and nothing started. @throws Error where they cannot be */
async function compile(folder: string): Promise<void> {
  const script = LOADED.map((name) => `await import(${JSON.stringify(join(folder, `${name}.mjs`))});`).join("");
  const env = { PATH: process.env.PATH, ...compiled };
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`the bundled programs cannot be loaded (exit ${code})`);
}

async function bundle(): Promise<OutputChunk[]> {
  const build = await rolldown({
    input: Object.fromEntries(Object.entries(ENTRIES).map(([name, source]) => [name, join(root, source)])),
    cwd: root,
    platform: "node",
    resolve: { conditionNames: ["@caravela/source", "node", "import", "default"] },
    plugins: [PAGES_ARE_BUILT, SOURCES_STAY],
    // pg asks for what may not be installed, and the reference of the API reads its own files
    external: [/^pg($|-)/, /^@scalar\//],
  });
  const names = { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" };
  const { output } = await build.generate({ format: "esm", ...names });
  await build.close();
  return output.filter((file) => file.type === "chunk");
}

/** Another run may bundle the same at the same moment: whoever is second finds it there. */
async function writeWhole(chunks: readonly OutputChunk[], folder: string): Promise<void> {
  const fresh = await mkdtemp(`${folder}-`);
  await chmod(fresh, 0o755); // tests also run them as another user
  for (const { fileName, code } of chunks) await writeFile(join(fresh, fileName), code);
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
}

/** What no run has used for a day. */
async function removeOlder(bundles: string): Promise<void> {
  for (const name of await readdir(bundles)) {
    const path = join(bundles, name);
    const used = await stat(path).catch(() => null);
    if (used !== null && used.mtimeMs < Date.now() - DAY_MS) await rm(path, { recursive: true, force: true });
  }
}
