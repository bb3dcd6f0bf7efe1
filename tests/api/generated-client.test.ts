import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { testFolder } from "@caravela/platform/testing/folder";
import { expect, it } from "vitest";
import { API_KEY, setStage } from "../support/stage.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
const example = join(root, "examples", "generated-client");

it("is made from the description, compiles, and runs a payment from end to end", async () => {
  const stage = await setStage();
  const folder = await testFolder();
  const env = { ...process.env, SERVER: stage.server.url, GATEWAY: stage.gateway.url, KEY: API_KEY };
  try {
    const output = join(folder, "api.d.ts");
    await run("npm", ["run", "generate"], { cwd: example, env: { ...env, OUTPUT: output } });
    const options = {
      extends: join(root, "tsconfig.json"),
      compilerOptions: { rootDirs: [join(example, "src"), folder], typeRoots: [join(root, "node_modules", "@types")] },
      files: [join(example, "src", "pay.ts"), output],
      include: [],
    };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(options));
    const compiled = await run("tsc", ["--project", folder], { env }).catch((error) => error);
    expect(compiled.stdout).toBe("");
    const { stdout } = await run(process.execPath, [join(example, "src", "pay.ts")], { env });
    expect(stdout.split("\n")).toEqual([
      "351#*****9999 is asked for 550 cents",
      "paid",
      "found by its order: true",
      expect.stringMatching(/^payment_created attempt_prepared attempt_submitted .*attempt_approved/),
      "At most 550 cents can still be refunded.",
      "refunded: 100 cents, succeeded",
      "",
    ]);
  } finally {
    await stage.close();
  }
}, 120_000);
