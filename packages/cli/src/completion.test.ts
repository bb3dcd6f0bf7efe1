import { execFileSync, spawnSync } from "node:child_process";
import { Command } from "commander";
import { expect, it } from "vitest";
import { completionFor } from "./completion.ts";

const caravela = new Command("caravela").option("--json", "for programs");
caravela.command("start").description("all of it");
const keys = caravela.command("keys").description("the API's keys");
keys.command("create").description("make a key").option("--name <name>", "what you know it by");
keys.command("list").description("all of them");

/** What bash offers behind these words. */
function offered(...typed: string[]): string[] {
  const words = typed.map((word) => `'${word}'`).join(" ");
  const script = `${completionFor("bash", caravela)}
    COMP_WORDS=(caravela ${words}); COMP_CWORD=${typed.length}; _caravela; echo "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-euc", script], { encoding: "utf8" }).trim().split(" ");
}

it("bash is offered what may come next, also behind an option and its value", () => {
  expect(offered("")).toEqual(["start", "keys", "--json", "--help"]);
  expect(offered("keys", "cr")).toEqual(["create"]);
  expect(offered("--json", "keys", "create", "--name", "list", "--n")).toEqual(["--name"]);
});

it.each(["zsh", "fish"])("%s can read its own", (shell) => {
  const script = completionFor(shell, caravela);
  expect(script).toContain("create");
  if (spawnSync(shell, ["--version"]).status === 0) expect(spawnSync(shell, ["-n"], { input: script }).status).toBe(0);
});

it("names the shells that there are, where another is asked for", () => {
  expect(() => completionFor("tcsh", caravela)).toThrow("tcsh is no shell that is known here: bash, zsh, fish.");
});
