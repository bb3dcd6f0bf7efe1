import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const documents = globSync("**/*.md", {
  cwd: root,
  exclude: (name) => ["node_modules", "dist", ".git", ".caravela"].includes(name),
}).filter((path) => !/(^|\/)(node_modules|dist)\//.test(path));

/**
 * What a document points at: Markdown's links and pictures, and the `src`, `srcset` and `href` of its HTML. Code points
 * nowhere.
 */
function targetsIn(text: string): string[] {
  const prose = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").replace(/`[^`\n]*`/g, "");
  const links = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)/g), ...prose.matchAll(/\b(?:src|srcset|href)="([^"\s]+)"/g)];
  return links.map(([, target = ""]) => target);
}

/** The anchors that a document's headings make, as GitHub makes them. */
function anchorsOf(path: string): string[] {
  const text = readFileSync(path, "utf8").replace(/^(```|~~~)[\s\S]*?^\1/gm, "");
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-"),
  );
}

/** Why a relative link of a document leads nowhere; null when it leads somewhere, or out of the project. */
function whyNowhere(document: string, target: string): string | null {
  if (/^[a-z][a-z+.-]*:|^\/\//i.test(target)) return null;
  const [path = "", anchor] = target.split("#", 2);
  const file = path === "" ? document : join(dirname(document), decodeURIComponent(path));
  if (relative(root, file).startsWith("..")) return `${target} leads out of the project`;
  if (!existsSync(file)) return `${target} is not there`;
  if (anchor !== undefined && file.endsWith(".md") && !anchorsOf(file).includes(anchor)) {
    return `${target}: there is no such heading`;
  }
  return null;
}

describe.each(documents)("%s", (name) => {
  it("links to nothing that is not there", () => {
    const document = join(root, name);
    const nowhere = targetsIn(readFileSync(document, "utf8")).map((target) => whyNowhere(document, target));
    expect(nowhere.filter((why) => why !== null)).toEqual([]);
  });
});

it("every picture in docs/pictures is one that a document shows", () => {
  const shown = documents.flatMap((name) => {
    const targets = targetsIn(readFileSync(join(root, name), "utf8"));
    return targets.map((target) => join(dirname(name), target.split("#")[0] ?? ""));
  });
  const all = globSync("docs/pictures/*", { cwd: root });
  expect(all.length).toBeGreaterThan(0);
  expect(all.filter((picture) => !shown.includes(picture))).toEqual([]);
});

/** Where a file may be that a document about the code names: whole, within the server, or by its package. */
function placesOf(path: string): string[] {
  const [name = "", ...rest] = path.split("/");
  return [path, join("packages", path), join("packages/server/src", path), join("packages", name, "src", ...rest)];
}

describe.each([
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  ...documents.filter((path) => path.startsWith("docs/decisions/")),
])("%s", (name) => {
  it("names no file that is not there", () => {
    const text = readFileSync(join(root, name), "utf8");
    const named = [...text.matchAll(/`([\w-]+(?:\/[\w-]+)+\.(?:ts|tsx|mjs))`/g)].map(([, path = ""]) => path);
    expect(named.filter((path) => !placesOf(path).some((place) => existsSync(join(root, place))))).toEqual([]);
  });
});
