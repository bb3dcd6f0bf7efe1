import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { caravelaWith, compiled, root } from "../support/programs.ts";

const document = readFileSync(join(root, "docs", "command.md"), "utf8");

/** By the words that lead to each command: its options; null: commands stand below it. */
let commands: Map<string, string[]>;
beforeAll(async () => {
  const command = caravelaWith("completion", "fish");
  const env = { PATH: process.env.PATH, ...compiled };
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env });
  const [, paths = ""] = /^set -g __caravela_paths (.*)$/m.exec(stdout) ?? [];
  const all = [...paths.matchAll(/'([^']*)'/g)].map(([, path = ""]) => path);
  const leaves = all.filter((path) => path !== "" && !all.some((other) => other.startsWith(`${path} `)));
  commands = new Map(
    leaves.map((path) => {
      const options = stdout.matchAll(new RegExp(`__caravela_at "${path}"' -l (\\S+)`, "g"));
      return [path, [...options].map(([, name]) => `--${name}`)];
    }),
  );
});

it("docs/command.md has a row for each command and nothing else, and names each option there", () => {
  const rows = new Map(
    [...document.matchAll(/^\| `caravela ([a-z ]+)` \| (.*) \| .* \|$/gm)].map(([, path, says]) => [path, says]),
  );
  expect([...rows.keys()].sort()).toEqual([...commands.keys()].sort());
  for (const [path, options] of commands) {
    const named = [...(rows.get(path) ?? "").matchAll(/`(--[a-z-]+)/g)].map(([, name]) => name);
    expect([path, [...new Set(named)].sort()]).toEqual([path, options.toSorted()]);
  }
});

it("all documents show commands that there are", () => {
  const texts = [
    "README.md",
    "docs/command.md",
    "docs/events.md",
    "docs/keys.md",
    "docs/testing.md",
    "docs/going-live.md",
  ];
  for (const text of texts) {
    const shown = readFileSync(join(root, text), "utf8").matchAll(/\bcaravela ((?:[a-z]+)(?: [a-z]+)?)(?=[ `\n)]| <)/g);
    for (const [, words = ""] of shown) {
      const [first = ""] = words.split(" ");
      if (!/^(?:keys|operator|events|payments|audit)$/.test(first)) continue;
      if (words !== first) expect([text, [...commands.keys()]]).toEqual([text, expect.arrayContaining([words])]);
    }
  }
});

it("what goes wrong is told to programs as docs/command.md says, and as the last line", async () => {
  const [, shown = ""] = /^```json\n(.*)\n```$/m.exec(document) ?? [];
  const command = caravelaWith("--json", "keys", "list");
  const env = { PATH: process.env.PATH, ...compiled };
  const failed = await promisify(execFile)(process.execPath, command, { cwd: root, env }).catch((error) => error);
  expect([failed.code, failed.stdout]).toEqual([1, ""]);
  const said = JSON.parse(failed.stderr.trim().split("\n").at(-1));
  expect(Object.keys(said.error)).toEqual(Object.keys(JSON.parse(shown).error));
  expect(said.error.message).toMatch(/^DATABASE_URL is not set/);
});
