import { execFile } from "node:child_process";
import { testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../support/caravela.ts";
import { compiled } from "../support/compiled.ts";
import { callingBy } from "../support/keys.ts";
import { type Stage, setStage } from "../support/stage.ts";

const database = testDatabase();
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({}, { database });
});
afterAll(() => stage?.close());

/** Runs `caravela keys` to its end: the exit code, and what it said. */
async function keys(...args: string[]): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const { url } = await database;
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, ...compiled, DATABASE_URL: url };
    const command = ["--conditions=source", "packages/cli/src/main.ts", "keys", ...args];
    execFile(process.execPath, command, { cwd: root, env }, (error, output, errors) =>
      resolve({ code: error === null ? 0 : Number(error.code), lines: `${output}${errors}`.trim().split("\n") }),
    );
  });
}

const statusBy = async (secret = "") => (await callingBy(stage, secret)("GET", "/v1/payments")).status;

describe("caravela keys", () => {
  it("makes a key, lists, rolls and revokes it, and tells each secret once", async () => {
    expect(await keys("list")).toEqual({ code: 0, lines: ["There are none but CARAVELA_API_KEY."] });
    const scopes = "payments:read, refunds:write";
    const made = await keys("create", "--name", "Till 1", "--scopes", scopes, "--refund-limit", "2000");
    const [line = "", , secret = ""] = made.lines;
    expect(line).toMatch(/^key_\w{20} "Till 1" payments:read,refunds:write, refunds up to 2000 cents, not used yet$/);
    expect([made.code, await statusBy(secret)]).toEqual([0, 200]);
    const id = line.slice(0, 24);
    const rolled = await keys("roll", id, "--overlap-hours", "0");
    expect(rolled.lines.join("\n")).toContain("The old secret ends: now.");
    expect([await statusBy(secret), await statusBy(rolled.lines.at(-1))]).toEqual([401, 200]);
    expect((await keys("list")).lines.join("\n")).toMatch(/^key_\w{20} "Till 1" .*$/);
    expect(await keys("revoke", id)).toEqual({ code: 0, lines: [`${id} opens nothing any more.`] });
    expect(await statusBy(rolled.lines.at(-1))).toBe(401);
  });

  it("says all that is wrong in what it is asked for, by the names of its options", async () => {
    const wrong = ["--name", " ", "--scopes", "payments", "--refund-limit", "20.5", "--expires-at", "soon"];
    const { code, lines } = await keys("create", ...wrong);
    expect(code).toBe(1);
    expect(lines.map((line) => line.split(" ")[0]).sort()).toEqual([
      "--expires-at",
      "--name",
      "--refund-limit",
      "--scopes",
    ]);
    const past = await keys("create", "--name", "Till", "--scopes", "events", "--expires-at", "2020-01-01T00:00:00Z");
    expect(past).toEqual({ code: 1, lines: ["--expires-at must lie ahead."] });
    const unknown = { code: 1, lines: ["There is no API key of this id: `caravela keys list` has them."] };
    for (const command of ["roll", "revoke"]) expect(await keys(command, "key_1")).toEqual(unknown);
    expect((await stage.api("GET", "/v1/keys")).body.data).toEqual([]);
  });
});
