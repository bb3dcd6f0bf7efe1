import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, setStage } from "../support/stage.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
/** The API key of every stage (tests/support/stage.ts). */
const STAGE_KEY = "sk_test_stage";
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/** The commands of the section "A payment by hand". */
function commandsOfReadme(): string[] {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const section = /^## A payment by hand\n(.*?)^## /ms.exec(readme)?.[1] ?? "";
  return [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, command = ""]) => command);
}

describe.skipIf(!hasCurl)("the payment by hand of the README", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  /** Runs commands as a reader would, but at this stage's addresses and with its key. */
  async function runHere(...commands: string[]): Promise<string> {
    const script = commands
      .join("\n")
      .replaceAll("http://127.0.0.1:3000", stage.server.url)
      .replaceAll("http://127.0.0.1:4010", stage.gateway.url)
      .replaceAll("sk_test_caravela", STAGE_KEY);
    const { stdout } = await run("sh", ["-euc", script]);
    return stdout;
  }

  it("is four commands, after which the payment is paid and its events have arrived", async () => {
    const [create = "", attempt = "", approve = "", read = "", ...others] = commandsOfReadme();
    expect(others).toEqual([]);
    for (const command of [create, attempt, approve, read]) expect(command.match(/\bcurl\b/g)).toHaveLength(1);

    const said = await runHere(create, attempt, approve);
    const [payment = ""] = said.split("\n");
    expect(payment).toMatch(/^pay_[0-9a-z]{20}$/);
    expect(said).toContain('"outcome":"approved"');

    await stage.settle();
    expect(JSON.parse(await runHere(`PAYMENT=${payment}`, read))).toMatchObject({ id: payment, status: "paid" });
    const told = stage.events.filter(({ data }) => data.payment.id === payment).map(({ type }) => type);
    expect(told).toEqual(["payment.created", "payment.pending", "payment.paid"]);
  });
});
