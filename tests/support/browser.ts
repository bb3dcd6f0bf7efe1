import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Works as root, and looks up nobody: every name but this machine's own is unknown. */
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/** Lays pages out and never draws a frame, which costs half: nothing can be pressed then, nor a picture taken. */
const UNDRAWN = ["--disable-gpu-compositing", "--disable-threaded-compositing"];

/**
 * The fonts that come along: without any, Chromium ends at the first letter. Their own settings look for them in /tmp
 * alone.
 */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir></fontconfig>
`;

/**
 * A headless Chromium: the one CHROMIUM_PATH names, else an installed one, else the one that npm brought. The caller
 * closes it.
 *
 * @param draws whether it draws what it lays out; without, pages can only be looked at by scripts
 */
export async function launchBrowser({ draws = true }: { readonly draws?: boolean } = {}): Promise<Browser> {
  const args = draws ? ARGS : [...ARGS, ...UNDRAWN];
  const executablePath = process.env.CHROMIUM_PATH ?? INSTALLED.find((path) => existsSync(path));
  if (executablePath !== undefined) return chromium.launch({ executablePath, args });
  const folder = unpackedChromium();
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: join(folder, "al2023", "lib"),
    FONTCONFIG_FILE: join(folder, "fonts.conf"),
  };
  return chromium.launch({ executablePath: join(folder, "chromium"), args, env });
}

/**
 * Unpacks the Chromium of `@sparticuz/chromium` with the libraries that a bare machine lacks, once. The package itself
 * would unpack into the system's temporary folder, where two runs could meet, and the libraries only on the machines it
 * was made for.
 */
function unpackedChromium(): string {
  const main = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const home = dirname(dirname(main));
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
  const folder = join(home, "..", "..", ".cache", `chromium-${version}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const program = `import { inflate } from ${JSON.stringify(main)};
    for (const name of ["chromium.br", "fonts.tar.br", "al2023.tar.br", "swiftshader.tar.br"]) await inflate(${JSON.stringify(join(home, "bin"))} + "/" + name);`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    env: { ...process.env, TMPDIR: partial },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`Chromium could not be unpacked: ${stderr}`);
  writeFileSync(join(partial, "fonts.conf"), FONTS);
  try {
    renameSync(partial, folder);
  } catch {
    rmSync(partial, { recursive: true }); // another test file was quicker
  }
  return folder;
}
