import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runningTests } from "./running-tests.ts";

const root = join(import.meta.dirname, "..", "..");

const SOURCES = ["SIBS's guide", "SIBS's pages", "met in production", "inferred", "invented by us"];

interface Row {
  readonly behaviour: string;
  readonly source: string;
  readonly file: string;
  readonly name: string;
}

function rowsOf(document: string): Row[] {
  const rows = document.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| Behaviour"));
  return rows.map((line) => {
    const [, behaviour = "", source = "", held = ""] = /^\| (.+) \| ([^|]+) \| ([^|]+) \|$/.exec(line) ?? [];
    const [, file = "", name = ""] = /^`(.+?)` › (.+)$/.exec(held) ?? [];
    return { behaviour, source, file, name };
  });
}

let rows: Row[];
beforeAll(async () => {
  rows = rowsOf(await readFile(join(root, "docs", "fidelity.md"), "utf8"));
});

describe("docs/fidelity.md", () => {
  it("has rows, each with one of the sources", () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.filter(({ source }) => !SOURCES.includes(source))).toEqual([]);
  });

  it("names for each row a test that runs, whatever the machine", async () => {
    const missing = [];
    for (const row of rows) {
      const path = join(root, row.file);
      const names =
        /\.test\.tsx?$/.test(row.file) && existsSync(path) ? runningTests(await readFile(path, "utf8")) : new Set();
      if (!names.has(row.name)) missing.push(row);
    }
    expect(missing).toEqual([]);
  });
});
