import { execFile } from "node:child_process";
import { testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as keys from "../../packages/cli/src/keys.ts";
import { PROGRAMS } from "../../packages/cli/src/output.ts";
import { callingBy } from "../support/keys.ts";
import { caravelaWith, compiled, root } from "../support/programs.ts";
import { type Stage, setStage } from "../support/stage.ts";

const database = testDatabase();
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({}, { database });
});
afterAll(() => stage?.close());

/** Runs `caravela keys` as a program, to its end: the exit code, and what it said. */
async function run(...args: string[]): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const { url } = await database;
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, ...compiled, DATABASE_URL: url };
    const command = caravelaWith("keys", ...args);
    execFile(process.execPath, command, { cwd: root, env }, (error, output, errors) =>
      resolve({ code: error === null ? 0 : Number(error.code), lines: `${output}${errors}`.trim().split("\n") }),
    );
  });
}

/** What such a command says, without a program of its own. */
async function said(command: (env: Record<string, string>) => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const print = vi.spyOn(console, "log").mockImplementation((line) => void lines.push(line));
  try {
    await command({ DATABASE_URL: (await database).url });
    return lines.join("\n");
  } finally {
    print.mockRestore();
  }
}

const statusBy = async (secret = "") => (await callingBy(stage, secret)("GET", "/v1/payments")).status;

describe("caravela keys", () => {
  it("makes a key, lists, rolls and revokes it, and tells each secret once", async () => {
    expect(await said(keys.list)).toBe("There are none but CARAVELA_API_KEY.");
    const scopes = "payments:read, refunds:write";
    const made = await run(
      "create",
      "--name",
      "Till 1",
      "--scopes",
      scopes,
      "--refund-limit",
      "2000",
      "--capture-limit",
      "9000",
    );
    const [line = "", , secret = ""] = made.lines;
    expect(line).toMatch(
      /^key_\w{20} "Till 1" payments:read,refunds:write, refunds up to 2000 cents, captures up to 9000 cents, not used yet$/,
    );
    expect([made.code, await statusBy(secret)]).toEqual([0, 200]);
    const id = line.slice(0, 24);
    const rolled = await run("roll", id, "--overlap-hours", "0");
    expect(rolled.lines.join("\n")).toContain("The old secret ends: now.");
    expect([await statusBy(secret), await statusBy(rolled.lines.at(-1))]).toEqual([401, 200]);
    const listed = await said(keys.list);
    expect(listed).toMatch(/^key_\w{20} "Till 1" .*$/);
    expect(listed).not.toContain("sk_");
    const told = JSON.parse(await said((env) => keys.list(env, PROGRAMS)));
    expect(told.data).toMatchObject([{ id, scopes: scopes.split(", "), refundLimit: 2000, secret: null }]);
    expect(await said((env) => keys.revoke(env, id))).toBe(`${id} opens nothing any more.`);
    expect(await statusBy(rolled.lines.at(-1))).toBe(401);
  });

  it("says all that is wrong in what it is asked for, by the names of its options", async () => {
    const wrong = { name: " ", scopes: "payments", refundLimit: "20.5", expiresAt: "soon" };
    await expect(said((env) => keys.create(env, wrong))).rejects.toThrow(
      /^--name .+\n--scopes must be one of payments:read, .+\n--refund-limit .+\n--expires-at must be a day and time/,
    );
    const past = { name: "Till", scopes: "events", expiresAt: "2020-01-01T00:00:00Z" };
    await expect(said((env) => keys.create(env, past))).rejects.toThrow("--expires-at must lie ahead.");
    // as a shell has it whose variable is not set: such a key would be of all terminals
    const empty = { name: "Till", scopes: "events", terminal: " " };
    await expect(said((env) => keys.create(env, empty))).rejects.toThrow("--terminal must be a terminal's number");
    const hours = { overlapHours: "a while" };
    await expect(said((env) => keys.roll(env, "key_1", hours))).rejects.toThrow("--overlap-hours must be");
    const unknown = "There is no API key of this id: `caravela keys list` has them.";
    await expect(said((env) => keys.roll(env, "key_1", {}))).rejects.toThrow(unknown);
    await expect(said((env) => keys.revoke(env, "key_00000000000000000000"))).rejects.toThrow(unknown);
    await expect(keys.list({})).rejects.toThrow("DATABASE_URL is not set");
    expect((await stage.api("GET", "/v1/keys")).body.data).toEqual([]);
  });
});
