import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { testFolder } from "@caravela/platform/testing/folder";
import { expect, it } from "vitest";
import { keepFromMidnight } from "../support/midnight.ts";
import { API_KEY } from "../support/stage.ts";
import { SERRA, setTwoShops } from "../support/two-shops.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
const example = join(root, "examples", "generated-client");

it("is made from the description, compiles, and runs a payment from end to end, and the books of a day", async () => {
  const { stage } = await setTwoShops();
  const folder = await testFolder();
  const env = { ...process.env, SERVER: stage.server.url, GATEWAY: stage.gateway.url, KEY: API_KEY };
  const ran = async (file: string) =>
    (await run(process.execPath, [join(example, "src", file)], { env: { ...env, OTHER_TERMINAL: SERRA } })).stdout;
  try {
    await keepFromMidnight(stage);
    const output = join(folder, "api.d.ts");
    await run("npm", ["run", "generate"], { cwd: example, env: { ...env, OUTPUT: output } });
    const options = {
      extends: join(root, "tsconfig.json"),
      compilerOptions: { rootDirs: [join(example, "src"), folder], typeRoots: [join(root, "node_modules", "@types")] },
      files: [join(example, "src", "pay.ts"), join(example, "src", "books.ts"), output],
      include: [],
    };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(options));
    const compiled = await run("tsc", ["--project", folder], { env }).catch((error) => error);
    expect(compiled.stdout).toBe("");
    expect((await ran("pay.ts")).split("\n")).toEqual([
      "351#*****9999 is asked for 550 cents",
      "paid",
      "found by its order: true",
      expect.stringMatching(/^payment_created attempt_prepared attempt_submitted .*attempt_approved/),
      "At most 550 cents can still be refunded.",
      "refunded: 100 cents, succeeded",
      "",
    ]);
    expect((await ran("books.ts")).split("\n")).toEqual([
      "found by the reference that was read out: true",
      "Foram pagos 50,00\u00a0€.",
      "Within your limit 2000 cents of this payment can still be given back.",
      "refunded: 1200 cents",
      "Within your limit 800 cents can still be given back today.",
      "in_doubt: operation_in_doubt, POST /v1/operations/{id}/settle",
      "settled: succeeded",
      "taken: 10550, in the file: 10550",
      "refunded: 1600, in the file: 1600",
      "by the old secret and the new one: 200, 200",
      "the other shop: /problems/not_found, 0 found",
      "",
    ]);
  } finally {
    await stage.close();
  }
}, 120_000);
