import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { testFolder } from "@caravela/platform/testing/folder";
import { expect, it } from "vitest";
import { EVENT_COLUMNS, PAYMENT_COLUMNS, REFUND_COLUMNS } from "../../packages/server/src/reports/columns.ts";
import { createPayment } from "../support/actions.ts";
import { setStage } from "../support/stage.ts";

const run = promisify(execFile);
const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "exports.md"), "utf8");
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

it.each([
  ["payments", PAYMENT_COLUMNS],
  ["refunds", REFUND_COLUMNS],
  ["events", EVENT_COLUMNS],
])("docs/exports.md explains every column of %s, in their order, and none that there is not", (name, columns) => {
  const [, section = ""] = new RegExp(`^### Of ${name}\n(.*?)(?=^#)`, "ms").exec(`${text}\n#`) ?? [];
  const names = [...section.matchAll(/^\| (`[a-z_]+`(?:, `[a-z_]+`)*) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([a-z_]+)`/g)].map(([, column]) => column),
  );
  expect(names).toEqual(Object.keys(columns));
});

it.skipIf(!hasCurl)("docs/exports.md shows commands that work as they stand, one after the other", async () => {
  const stage = await setStage();
  try {
    await createPayment(stage, { amount: 1250, reference: "order-17" });
    const commands = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, command = ""]) => command);
    const script = commands
      .join("\n")
      .replaceAll("http://127.0.0.1:3000", stage.server.url)
      .replaceAll("sk_test_caravela", "sk_test_stage");
    const cwd = await testFolder();
    await run("bash", ["-euc", script], { cwd });
    const names = Object.keys(PAYMENT_COLUMNS);
    expect(readFileSync(join(cwd, "payments.csv"), "utf8")).toBe(`${names.join(",")}\r\n`);
    const [header, line] = readFileSync(join(cwd, "pagamentos.csv"), "utf8").split("\r\n");
    expect(header).toBe(`\uFEFF${names.join(";")}`);
    expect(line).toMatch(/;order-17;open;12,50;/);
  } finally {
    await stage.close();
  }
});
