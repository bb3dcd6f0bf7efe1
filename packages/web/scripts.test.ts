import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type ListedScript, sentBytes } from "./scripts.ts";
import { PAGE_LANGS } from "./src/lang.ts";

const built = join(import.meta.dirname, "dist");
const listed = JSON.parse(readFileSync(join(built, "scripts.json"), "utf8")) as ListedScript[];

it.each(PAGE_LANGS.map((lang) => `pay-${lang}`))(
  "the whole script of %s, for all methods, is at most 30 KiB gzipped",
  (page) => {
    const files = listed.filter(({ pages }) => pages.includes(page)).map(({ file }) => file);
    expect(files.length).toBeGreaterThan(0);
    expect(sentBytes(join(built, "browser"), files, "gz") / 1024).toBeLessThanOrEqual(30);
  },
);

it("lists every script with what it is for", () => {
  for (const { file, sha256, purpose } of listed) {
    expect(file).toMatch(/^\/assets\/[\w.-]+\.js$/);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(purpose).not.toBe("");
  }
});
