import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as kit from "@caravela/gateway/testing";
import { TEST_SERVER } from "@caravela/platform/testing/database";
import { testFolder } from "@caravela/platform/testing/folder";
import { cents, Sibs } from "@caravela/sibs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caravelaWith, compiled, root } from "../support/programs.ts";

const document = readFileSync(join(root, "docs", "testing.md"), "utf8");

/** The example of that language, as it is printed. */
function example(language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "ms").exec(document) ?? [];
  if (code === undefined) throw new Error(`docs/testing.md shows no ${language}`);
  return code;
}

const GIVEN = {
  startGateway: () => kit.startGateway({ databaseUrl: process.env[TEST_SERVER] }),
  cents,
  Sibs,
  expect,
  it,
  test: it,
  beforeAll,
  afterAll,
  before: beforeAll,
  after: afterAll,
  assert,
};

describe.each(["js vitest", "js jest", "js node:test"])("docs/testing.md, %s", (language) => {
  // what an example imports is handed to it: the rest is run as it stands
  const imports = /^import (?:\{ (.*) \}|(\w+)) from ".*";\n/gm;
  const code = example(language);
  const names = [...code.matchAll(imports)].flatMap(([, several, one]) => several?.split(", ") ?? one ?? "");
  new Function(...names, code.replaceAll(imports, ""))(...names.map((name) => GIVEN[name as keyof typeof GIVEN]));
});

it("docs/testing.md names everything that a gateway of the kit has, and nothing that it has not", async () => {
  const gateway = await kit.startGateway({ databaseUrl: process.env[TEST_SERVER] });
  const rooms = { phone: gateway.phone("919999999"), atm: gateway.atm, issuer: gateway.issuer, clock: gateway.clock };
  const all = { ...rooms, faults: gateway.faults, notifications: gateway.notifications };
  for (const [name, room] of Object.entries(all)) {
    const [, row = ""] = new RegExp(`^\\| \`gateway\\.${name}\\b[^|]*\\|(.*)\\|$`, "m").exec(document) ?? [];
    const named = [...row.matchAll(/[`(]\.(\w+)/g)].map(([, member]) => member);
    expect([...new Set(named)].sort()).toEqual(
      Object.keys(room)
        .filter((member) => member !== "alias")
        .sort(),
    );
  }
  await gateway.close();
});

it.skipIf(spawnSync("python3", ["--version"]).status !== 0)("docs/testing.md, Python by the command", async () => {
  const command = [process.execPath, ...caravelaWith()];
  const code = example("python").replace('"npx", "caravela"', command.map((word) => JSON.stringify(word)).join(", "));
  const folder = await testFolder();
  await writeFile(join(folder, "test_payments.py"), code);
  const { PATH, [TEST_SERVER]: DATABASE_URL } = process.env;
  const child = spawn("python3", ["-m", "unittest", "test_payments"], {
    cwd: folder,
    env: { PATH, DATABASE_URL, ...compiled },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [said, [exitCode]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect(said).toMatch(/^OK$/m);
  expect(exitCode).toBe(0);
});
