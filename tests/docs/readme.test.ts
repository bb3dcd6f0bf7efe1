import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
/** The API key of every stage (tests/support/stage.ts). */
const STAGE_KEY = "sk_test_stage";
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/** The commands of a section of a document. */
function commandsOf(document: string, heading: string): string[] {
  const text = readFileSync(join(root, document), "utf8");
  const section = new RegExp(`^## ${heading}\\n(.*?)^## `, "ms").exec(text)?.[1] ?? "";
  return [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, command = ""]) => command);
}

describe.skipIf(!hasCurl)("what a reader does by hand", () => {
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

  it("in the README is four commands, after which the payment is paid and its events have arrived", async () => {
    const [create = "", attempt = "", approve = "", read = "", ...others] = commandsOf(
      "README.md",
      "A payment by hand",
    );
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
  it("to move from a plugin is a key, an endpoint, a payment and a part of it back", async () => {
    const commands = commandsOf("docs/moving-from-a-plugin.md", "What takes its place");
    const [settings = "", key = "", endpoint = "", create = "", refund = "", ...others] = commands;
    expect(others).toEqual([]);
    const said = await runHere(settings, key, endpoint, 'echo; echo "$SHOP"', create);
    const [registered = "", shop = "", created = ""] = said.trim().split("\n");
    expect(JSON.parse(registered)).toMatchObject({ secret: expect.stringMatching(/^whsec_/) });
    expect(JSON.parse(registered).types).toHaveLength(9);
    const { id, payUrl, status } = JSON.parse(created);
    expect({ payUrl, status }).toMatchObject({ payUrl: expect.stringContaining("/pay/"), status: "open" });
    await askPhone(stage, id);
    await approve(stage);
    await stage.settle();
    const given = await runHere(settings, `SHOP="${shop}"; PAYMENT=${id}`, refund);
    expect(JSON.parse(given)).toMatchObject({ payment: id, amount: 250, status: "succeeded" });
  });
});
