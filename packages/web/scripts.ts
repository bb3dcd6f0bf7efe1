import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Manifest } from "vite";
import type { PageLang } from "./src/lang.ts";

/** One of the scripts of the pages: its source, and what it is there for. */
interface BrowserEntry {
  source: string;
  purpose: string;
}

const LANGUAGES = { pt: "Portuguese", en: "English", es: "Spanish", fr: "French" } satisfies Record<PageLang, string>;

/** Each customers' page has a script for each language, so that nobody is sent words that they do not read. */
function inEachLanguage(page: string, ending: "ts" | "tsx", purpose: string): Record<string, BrowserEntry> {
  return Object.fromEntries(
    Object.entries(LANGUAGES).map(([lang, called]) => [
      `${page}-${lang}`,
      { source: `src/${page}/browser.${lang}.${ending}`, purpose: `${purpose}, in ${called}` },
    ]),
  );
}

/** The scripts of the pages, by the name that `renderDocument` asks for. */
export const browserEntries: Readonly<Record<string, BrowserEntry>> = {
  ...inEachLanguage("pay", "ts", "makes the payment page live"),
  "pay-bank": { source: "src/pay/issuer/browser.bank.ts", purpose: "leads to the card issuer's page (3-D Secure)" },
  "pay-back": { source: "src/pay/issuer/browser.back.ts", purpose: "says in a frame that the card's issuer is done" },
  "drop-in": { source: "src/drop-in/browser.ts", purpose: "shows a payment's page inside a page of the shop's" },
  ...inEachLanguage("authorize", "tsx", "follows an authorisation"),
  ...inEachLanguage("mandate", "tsx", "keeps an authorised payment's page true"),
  home: { source: "src/home/browser.ts", purpose: "styles what stands at the server's own address" },
  "no-page": { source: "src/parts/browser.no-page.ts", purpose: "styles what stands in place of a page" },
  dashboard: {
    source: "src/dashboard/browser.ts",
    purpose: "gives the dashboard its keys, its buttons that copy, and has it follow along",
  },
  login: {
    source: "src/dashboard/login/browser.ts",
    purpose: "leads whoever signs in to the dashboard through their passkey",
  },
  phone: { source: "src/phone/browser.tsx", purpose: "makes the simulated phone live" },
  issuer: {
    source: "src/issuer/browser.ts",
    purpose: "says on the last page of the simulated card issuer that it is done, and goes back",
  },
  atm: { source: "src/atm/browser.tsx", purpose: "makes the simulated cash machine live" },
};

/** What each page makes a browser load: paths below the server's root, and the digest that each script must have. */
export type BrowserFiles = Record<
  string,
  { script: string; imports: string[]; styles: string[]; integrity: Record<string, string> }
>;

/** Reads from Vite's manifest which hashed files each page needs: its script, what that imports, and their styles. */
export function browserFiles(folder: string, manifest: Manifest): BrowserFiles {
  const files: BrowserFiles = {};
  for (const [key, entry] of Object.entries(manifest)) {
    if (!entry.isEntry) continue;
    const chunks = [key, ...importsOf(manifest, key)].flatMap((name) => manifest[name] ?? []);
    const scripts = chunks.map((chunk) => `/${chunk.file}`);
    files[entry.name ?? key] = {
      script: `/${entry.file}`,
      imports: scripts.slice(1),
      styles: [...new Set(chunks.flatMap((chunk) => chunk.css ?? []))].map((file) => `/${file}`),
      integrity: Object.fromEntries(scripts.map((path) => [path, `sha256-${digest(folder, path, "base64")}`])),
    };
  }
  return files;
}

function importsOf(manifest: Manifest, key: string): string[] {
  const direct = manifest[key]?.imports ?? [];
  return [...new Set(direct.flatMap((name) => [name, ...importsOf(manifest, name)]))];
}

/** One script of the inventory (PCI DSS 6.4.3): where it is, what it is for, and what it must be, byte for byte. */
export interface ListedScript {
  file: string;
  sha256: string;
  purpose: string;
  /** The pages that load it. */
  pages: string[];
}

/** Every script that our pages load, with the reason why. */
export function inventory(folder: string, files: BrowserFiles): ListedScript[] {
  const pagesOf = new Map<string, string[]>();
  for (const [page, { script, imports }] of Object.entries(files)) {
    for (const file of [script, ...imports]) pagesOf.set(file, [...(pagesOf.get(file) ?? []), page]);
  }
  return [...pagesOf].map(([file, pages]) => {
    const own = Object.entries(browserEntries).find(([name]) => files[name]?.script === file);
    const purpose = own?.[1].purpose ?? `parts that pages share: ${pages.join(", ")}`;
    return { file, sha256: digest(folder, file, "hex"), purpose, pages };
  });
}

/** Lays beside each file what is sent of it: `.br` and `.gz`, where that is smaller than the file. */
export function compress(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    const forms = { br: brotliCompressSync(bytes), gz: gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }) };
    for (const [ending, form] of Object.entries(forms))
      if (form.length < bytes.length) writeFileSync(`${path}.${ending}`, form);
  }
}

/** How many bytes of these files are sent, to a browser that takes the form named. */
export function sentBytes(folder: string, paths: readonly string[], form: "br" | "gz" = "br"): number {
  const sent = (path: string) => (existsSync(`${path}.${form}`) ? `${path}.${form}` : path);
  return paths.reduce((sum, path) => sum + statSync(sent(join(folder, path))).size, 0);
}

function digest(folder: string, path: string, form: "hex" | "base64"): string {
  return createHash("sha256")
    .update(readFileSync(join(folder, path)))
    .digest(form);
}
