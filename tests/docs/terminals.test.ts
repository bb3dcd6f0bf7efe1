import { execFile, spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { testFolder } from "@caravela/platform/testing/folder";
import { readServerSettings } from "@caravela/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_KEY, type Stage, setStage } from "../support/stage.ts";

const run = promisify(execFile);
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

describe.skipIf(!hasCurl)("docs/terminals.md", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  it("shows a file and commands that work as they stand: two shops on one server, each with its own name", async () => {
    const text = await readFile(join(import.meta.dirname, "..", "..", "docs", "terminals.md"), "utf8");
    const folder = await testFolder();
    const [file = ""] = /(?<=^```json\n)[\s\S]*?(?=^```)/m.exec(text) ?? [];
    await writeFile(join(folder, "terminals.json"), file);
    const commands = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, command = ""]) =>
      command
        .replaceAll("http://127.0.0.1:3000", stage.server.url)
        .replaceAll("http://127.0.0.1:4010", stage.gateway.url)
        .replaceAll("sk_test_caravela", API_KEY),
    );
    const [makeTerminal = "", putCredentials = "", makePayments = ""] = commands;
    const shown = `${makeTerminal}\n${putCredentials}\nenv`;
    const { stdout } = await run("bash", ["-euc", shown], { cwd: folder });
    const exported = Object.fromEntries(
      [...stdout.matchAll(/^((?:CAIS|SERRA)_\w+)=(.*)$/gm)].map(([, ...pair]) => pair),
    );

    const { terminals } = readServerSettings({
      ...exported,
      CARAVELA_TERMINALS: join(folder, "terminals.json"),
      DATABASE_URL: "postgres://127.0.0.1/caravela",
      CARAVELA_API_KEY: "sk_test_of_the_page",
    });
    await stage.restartServer({ terminals: terminals ?? null });
    const made = await run("bash", ["-euc", makePayments], { cwd: folder });
    const payments = made.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(payments.map(({ terminal, methods }) => [terminal, methods])).toEqual([
      ["52221", ["mbway", "multibanco", "card"]],
      ["600001", ["mbway", "card"]],
    ]);
    for (const [number, name] of ["Loja do Cais", "Queijos da Serra"].entries()) {
      expect(await (await fetch(payments[number].payUrl)).text()).toContain(name);
    }
  });
});
