import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { InlineConfig } from "vite";
import { type BrowserFiles, browserEntries, browserFiles, compress, inventory, sentBytes } from "./scripts.ts";

const here = import.meta.dirname;
const built = join(here, "dist");
const stamp = join(built, "built");
/**
 * Where a build is made before it takes the place of the old one; what a killed build left there is cleared by the
 * next.
 */
const workshop = join(here, "node_modules", ".web-build");
const lock = join(here, "node_modules", ".web-build.lock");

/** What the pages are made from: our sources, the parts of `@caravela/sibs` they use, and the versions installed. */
const sources = [
  join(here, "src"),
  join(here, "build.ts"),
  join(here, "scripts.ts"),
  join(here, "../sibs/src/money.ts"),
  join(here, "../sibs/src/phone.ts"),
  join(here, "../sibs/src/limits.ts"),
  join(here, "../sibs/src/card-data.ts"),
  join(here, "../../package-lock.json"),
];

const serverEntries = {
  pay: join(here, "src/pay/server.tsx"),
  authorize: join(here, "src/authorize/server.tsx"),
  mandate: join(here, "src/mandate/server.tsx"),
  home: join(here, "src/home/server.tsx"),
  colleagues: join(here, "src/colleagues/server.tsx"),
  dashboard: join(here, "src/dashboard/server.tsx"),
  login: join(here, "src/dashboard/login/server.tsx"),
  phone: join(here, "src/phone/server.tsx"),
  atm: join(here, "src/atm/server.tsx"),
  issuer: join(here, "src/issuer/server.tsx"),
  assets: join(here, "src/assets.ts"),
  lang: join(here, "src/lang.ts"),
  print: join(here, "src/print.ts"),
};

/**
 * Builds the pages into `dist` when a source is newer than the last build, and says so in one line; otherwise does
 * nothing. Two processes may call it at once: one builds, the other waits for it.
 */
export async function buildWebIfStale(): Promise<void> {
  if (!(await isStale())) return;
  await holdingLock(async () => {
    if (await isStale()) await build();
  });
}

async function isStale(): Promise<boolean> {
  if (!existsSync(stamp)) return true;
  const builtAt = (await stat(stamp)).mtimeMs;
  const changes = await Promise.all(sources.map(newestChange));
  return Math.max(...changes) > builtAt;
}

/** When a file, or anything below a folder, last changed, in milliseconds; 0 when there is no such thing. */
async function newestChange(path: string): Promise<number> {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = await stat(path);
  if (!(await stat(path)).isDirectory()) return mtimeMs;
  const inside = await Promise.all((await readdir(path)).map((name) => newestChange(join(path, name))));
  return Math.max(mtimeMs, ...inside);
}

/**
 * Builds beside the old build and then takes its place, so that a build that fails or is killed leaves the old one
 * whole.
 */
async function build(): Promise<void> {
  const startedAt = new Date();
  await rm(workshop, { recursive: true, force: true });
  const fresh = join(workshop, "dist");
  const { build: bundle } = await import("vite");
  await bundle(browserBuild(join(fresh, "browser")));
  const browser = join(fresh, "browser");
  const files = browserFiles(browser, JSON.parse(await readFile(join(browser, "manifest.json"), "utf8")));
  await writeFile(join(fresh, "scripts.json"), JSON.stringify(inventory(browser, files), null, 2));
  await bundle(serverBuild(join(fresh, "server"), files));
  compress(join(browser, "assets"));
  await writeFile(join(fresh, "built"), "");
  // A source saved while we were building is newer than this, so the next call builds again.
  await utimes(join(fresh, "built"), startedAt, startedAt);
  console.error(sizes(browser, files)); // a command's own output may be for a program
  await rm(built, { recursive: true, force: true });
  await rename(fresh, built);
}

const everyBuild = {
  configFile: false,
  root: here,
  logLevel: "warn",
  mode: "production",
  // Said outright, for tests build too, and under them Vite would take it for development.
  oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
} satisfies InlineConfig;

function browserBuild(outDir: string): InlineConfig {
  return {
    ...everyBuild,
    define: { IS_SERVER: "false" },
    resolve: { conditions: ["@caravela/source", "module", "browser"] },
    build: {
      outDir,
      target: "es2022",
      manifest: "manifest.json",
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(browserEntries).map(([name, { source }]) => [name, join(here, source)]),
        ),
        // A shop may load it as a script or as a module: either way it leaves no names of its own in the shop's page.
        output: {
          banner: ({ name }) => (name === "drop-in" ? "(()=>{" : ""),
          footer: ({ name }) => (name === "drop-in" ? "})();" : ""),
        },
      },
    },
  };
}

function serverBuild(outDir: string, files: BrowserFiles): InlineConfig {
  return {
    ...everyBuild,
    define: { BROWSER_FILES: JSON.stringify(files), IS_SERVER: "true" },
    ssr: { noExternal: true, resolve: { conditions: ["@caravela/source", "module", "node"] } },
    build: {
      outDir,
      ssr: true,
      target: "node24",
      rolldownOptions: {
        input: serverEntries,
        output: { entryFileNames: "[name].js", chunkFileNames: "parts/[name].js" },
      },
    },
  };
}

/** One line with what each page makes a browser load, as it is sent. */
function sizes(folder: string, files: BrowserFiles): string {
  const kibibytes = (paths: string[]) => (sentBytes(folder, paths) / 1024).toFixed(1);
  const pages = Object.entries(files).map(
    ([name, { script, imports, styles }]) => `${name} ${kibibytes([script, ...imports])} + ${kibibytes(styles)}`,
  );
  return `pages built (KiB sent by br, script + style): ${pages.join(", ")}`;
}

/** Runs `work` while no other process of this machine does. A lock left by a process that died is taken over. */
async function holdingLock(work: () => Promise<void>): Promise<void> {
  await mkdir(join(here, "node_modules"), { recursive: true });
  while (!(await takeLock())) await new Promise((resolve) => setTimeout(resolve, 50));
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function takeLock(): Promise<boolean> {
  try {
    const file = await open(lock, "wx");
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (await holderDied()) await rm(lock, { force: true });
    return false;
  }
}

async function holderDied(): Promise<boolean> {
  const holder = Number(await readFile(lock, "utf8").catch(() => ""));
  // An empty file is a holder between making the lock and writing its name into it.
  if (holder === 0) return false;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

if (import.meta.main) await buildWebIfStale();
