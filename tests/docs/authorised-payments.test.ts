import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_KEY, type Stage, setStage } from "../support/stage.ts";

const run = promisify(execFile);
const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "authorised-payments.md"), "utf8");
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/** The commands of the section "By curl". */
function commands(): string[] {
  const section = /^## By curl\n(.*?)^## /ms.exec(text)?.[1] ?? "";
  return [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, command = ""]) => command);
}

describe.skipIf(!hasCurl)("docs/authorised-payments.md", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  /** Runs the commands in one shell, as a reader would, but at this stage's addresses; gives what each of them said. */
  async function runAll(): Promise<string[]> {
    const settled = `curl -s -o /dev/null -X POST $SANDBOX/clock/advance -H "$JSON" -d '{"seconds": 0}'`;
    const script = commands()
      .join("\necho; echo '— next —'\n")
      .replaceAll("http://127.0.0.1:3000", stage.server.url)
      .replaceAll("http://127.0.0.1:4010", stage.gateway.url)
      .replaceAll("sk_test_caravela", API_KEY)
      .replaceAll("sleep 1", settled);
    const { stdout } = await run("bash", ["-euc", script]);
    return stdout.split("— next —\n");
  }

  it("shows commands that work as they stand, one after the other, and say what it says of them", async () => {
    const said = await runAll();
    const [, mandate = "", plan = "", approved, active = "", , paid = "", lowered, ...rest] = said;
    const [, waiting, agreed, fifth = "", canceled = "", , last] = rest;
    expect(JSON.parse(mandate)).toMatchObject({ status: "pending", phone: "351#*****9999", limit: null });
    expect(JSON.parse(plan)).toMatchObject({ status: "pending", amount: 990, every: "month" });
    expect(approved).toContain('"outcome":"approved"');
    expect(JSON.parse(active)).toMatchObject({ status: "active", limit: 2500, validUntil: "2099-12-31" });
    expect(JSON.parse(paid).data).toHaveLength(4);
    expect(lowered).toContain('"limit":"5.00"');
    expect(waiting).toMatch(/"status":"pending"[\s\S]*"kind":"purchase"/);
    expect(agreed).toContain('"outcome":"approved"');
    expect(JSON.parse(fifth).data).toMatchObject([{ plan: { period: 5 } }]);
    expect(JSON.parse(canceled)).toMatchObject({ status: "canceled" });
    expect(last?.trim()).toBe("5");
    const told = stage.events.filter(({ type }) => type === "payment.paid").map(({ data }) => data.payment.id);
    expect([told.length, new Set(told).size]).toEqual([5, 5]);
  });
});
