import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { lisbonDate } from "@caravela/platform/lisbon";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment } from "../support/actions.ts";
import { API_KEY, type Stage, setStage } from "../support/stage.ts";

const run = promisify(execFile);
const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "finding-payments.md"), "utf8");
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

/** The commands as they are printed, each after the settings that stand first, on this stage's reference and days. */
async function said(reference: string, day: string) {
  const [settings = "", ...commands] = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(
    ([, command = ""]) => command,
  );
  return Promise.all(
    commands.map(async (command) => {
      const script = `${settings}\n${command}`
        .replaceAll("http://127.0.0.1:3000", stage.server.url)
        .replaceAll("sk_test_caravela", API_KEY)
        .replaceAll("123 456 789", reference.replace(/(\d{3})(?=\d)/g, "$1 "))
        .replaceAll(/2026-11-\d\d/g, day);
      return JSON.parse((await run("bash", ["-euc", script])).stdout);
    }),
  );
}

describe("docs/finding-payments.md", () => {
  it.skipIf(!hasCurl)("shows commands that find what they say they find", async () => {
    const byReference = await createPayment(stage);
    const { body } = await askReference(stage, byReference);
    const paid = await createPayment(stage, { amount: 1250 });
    await askPhone(stage, paid);
    await stage.sandbox("POST", "/phones/351%23919999999/decline");
    await stage.settle();
    await askPhone(stage, paid);
    await approve(stage);
    await stage.settle();
    const refund = (await stage.api("POST", `/v1/payments/${paid}/refunds`, { amount: 100 })).body.id;
    // its event is delivered
    await stage.settle();
    const day = lisbonDate(stage.now());
    const [searched, filtered, refunds, events, sums, failures, references, ...others] = await said(
      body.multibanco.reference,
      day,
    );
    expect(others).toEqual([]);
    expect(searched.data).toMatchObject([{ id: byReference }]);
    expect(filtered.data).toMatchObject([{ id: paid }]);
    expect(refunds.data).toMatchObject([{ id: refund }]);
    expect(events.data).toEqual([]);
    const line = { day, method: "mbway", currency: "EUR", taken: 1250, refunded: 100, held: 0, count: 1 };
    expect(sums.data).toMatchObject([line]);
    expect(failures.data).toMatchObject([{ reason: "declined_by_customer", method: "mbway", count: 1 }]);
    expect(references.data).toMatchObject([{ currency: "EUR", count: 1, amount: 550 }]);
    const shown = [...text.matchAll(/^\{"data":.*$/gm)].map(([line]) => Object.keys(JSON.parse(line).data[0]));
    expect([sums, failures, references].map(({ data }) => Object.keys(data[0]))).toEqual(shown);
  });

  it("names every filter that each list has, and none that there is not", async () => {
    const { body } = await stage.api("GET", "/openapi.json");
    for (const path of ["payments", "refunds", "captures", "mandates", "plans", "events", "summaries/days"]) {
      const filters: string[] = body.paths[`/v1/${path}`].get.parameters.map(({ name }: { name: string }) => name);
      for (const filter of filters) expect(text, `${path} ${filter}`).toMatch(new RegExp(`[\`?&]${filter}[\`=]`));
    }
    const [table = ""] = /^\| `created_from`, `created_to` \| when[\s\S]*?\n\n/m.exec(text) ?? [];
    const named = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = ""]) => [...cell.matchAll(/`(\w+)`/g)]);
    const known = body.paths["/v1/payments"].get.parameters.map(({ name }: { name: string }) => name);
    expect(named.map(([, name]) => name).sort()).toEqual(known.sort());
  });

  it("says of each filter which lists know it, and of each list all that it knows", async () => {
    const { body } = await stage.api("GET", "/openapi.json");
    const [, head = "", rows = ""] = /^\| Filter \|(.*)\|\n\|[-|]+\|\n((?:\|.*\n)+)/m.exec(text) ?? [];
    const cellsOf = (line: string) => line.split("|").map((cell) => cell.trim());
    const lists = cellsOf(head);
    expect(lists).toEqual(["payments", "refunds", "captures", "mandates", "plans", "events"]);
    const said = new Map<string, string[]>(lists.map((list) => [list, []]));
    for (const line of rows.trim().split("\n")) {
      const [, filters = "", ...cells] = cellsOf(line);
      for (const [place, list] of lists.entries()) {
        expect(cells[place], line).toMatch(/^(yes|no)$/);
        if (cells[place] === "yes")
          said.get(list)?.push(...[...filters.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name));
      }
    }
    for (const list of lists) {
      const known = body.paths[`/v1/${list}`].get.parameters.map(({ name }: { name: string }) => name);
      expect([list, said.get(list)?.sort()]).toEqual([list, known.sort()]);
    }
  });
});
