import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
const text = readFileSync(join(root, "docs", "api.md"), "utf8");
const events = readFileSync(join(root, "docs", "events.md"), "utf8");
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

const commandsOf = (document: string) =>
  [...document.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, command = ""]) => command);

describe("docs/api.md", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  it("explains every metric of the server's own, and none that there is not", async () => {
    const metrics = await (await fetch(`${stage.server.url}/metrics`)).text();
    const shown = [...metrics.matchAll(/^# TYPE (caravela_\w+)/gm)].map(([, name]) => name);
    const explained = [...text.matchAll(/`(caravela_[a-z_]+)/g)].map(([, name]) => name);
    expect([...new Set(explained)].sort()).toEqual(shown.sort());
  });

  it.skipIf(!hasCurl)("shows commands that work as they stand, one after the other", async () => {
    const [settings = "", ...commands] = commandsOf(text);
    expect(commands).toHaveLength(8);
    const said: string[] = [];
    let before = settings;
    for (const command of [...commands, ...commandsOf(events)]) {
      const script = `${before}\n${command}`
        .replaceAll("http://127.0.0.1:3000", stage.server.url)
        .replaceAll("http://127.0.0.1:4010", stage.gateway.url)
        .replaceAll("sk_test_caravela", "sk_test_stage");
      const { stdout } = await run("bash", ["-euc", script]);
      said.push(stdout);
      if (command.includes("PAYMENT=")) before += `\nPAYMENT=${/pay_[0-9a-z]{20}/.exec(stdout)?.[0]}`;
      if (command.includes("approve")) await stage.settle();
    }
    const [
      made = "",
      attempt = "",
      approved = "",
      paid = "",
      canceled = "",
      refund = "",
      journal = "",
      list = "",
      endpoint = "",
    ] = said.map((one) => JSON.parse(one));
    expect(made).toMatchObject({ status: "open", amount: 550, metadata: { basket: "9" } });
    expect(attempt).toMatchObject({ status: "pending", mbway: { phone: "351#*****9999" } });
    expect(approved).toMatchObject({ outcome: "approved" });
    expect(paid).toMatchObject({ status: "paid" });
    expect(canceled).toMatchObject({ type: "/problems/payment_already_paid" });
    expect(refund).toMatchObject({ status: "succeeded", amount: 100 });
    expect(journal.data[0]).toMatchObject({
      by: { type: "shop" },
      text: "Foi pedido um pagamento de 5,50\u00a0€: encomenda order-17.",
    });
    expect(list).toMatchObject({ data: [{ reference: "order-17", amountRefunded: 100 }] });
    expect(endpoint).toMatchObject({ types: ["payment.paid", "refund.succeeded"] });
    expect(await read(stage, /pay_\w+/.exec(before)?.[0] ?? "")).toMatchObject({ amountRefunded: 100 });
  });
});
