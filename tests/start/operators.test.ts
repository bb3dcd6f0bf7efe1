import { testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as operators from "../../packages/cli/src/operators.ts";
import { signedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

const database = testDatabase();
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({}, { database });
});
afterAll(() => stage?.close());

/** What such a command says. */
async function said(command: (env: Record<string, string>) => Promise<void>, more = {}): Promise<string[]> {
  const lines: string[] = [];
  const print = vi.spyOn(console, "log").mockImplementation((line) => void lines.push(...String(line).split("\n")));
  try {
    await command({ DATABASE_URL: (await database).url, ...more });
    return lines;
  } finally {
    print.mockRestore();
  }
}

const idIn = (line = "") => line.slice(0, 23);
const invite = (name: string, options: Record<string, string>, more = {}) =>
  said((env) => operators.invite(env, name, options), more);

describe("caravela operator", () => {
  it("invites the first owner, and makes a new link for whoever lost their passkey, who stays the same person", async () => {
    expect(await said(operators.list)).toEqual([expect.stringContaining("There is nobody yet")]);
    const first = await invite("Ana Sousa", { role: "owner" });
    expect(first).toEqual([
      expect.stringMatching(/^op_\w{20} "Ana Sousa" owner, never seen yet$/),
      "The link, which is good for 15 minutes, once:",
      expect.stringMatching(/^http:\/\/localhost:3000\/dashboard\/invitations\/[0-9a-z]{50}$/),
    ]);
    const more = { CARAVELA_PUBLIC_URL: "https://pay.example.pt" };
    const second = await invite(" Ana Sousa ", { role: "owner" }, more);
    expect(idIn(second[0])).toBe(idIn(first[0]));
    expect(second.at(-1)).toMatch(/^https:\/\/pay\.example\.pt\/dashboard\/invitations\//);
    await expect(invite("Ana Sousa", { role: "viewer" })).rejects.toThrow("is owner already: say --role owner");
    expect(await said(operators.list)).toHaveLength(1);
  });

  it("invites with a limit and a terminal, and removes by name, but never the last owner", async () => {
    const options = { role: "refunder", refundLimit: "5000", captureLimit: "9000", terminal: "52221" };
    const [line] = await invite("Rui", options);
    expect(line).toMatch(
      /^op_\w{20} "Rui" refunder, of terminal 52221, refunds up to 5000 cents, captures up to 9000 cents, never seen yet$/,
    );
    const [again] = await invite("Rui", options);
    expect(again).toBe(line);
    // a new link gives nobody more than they have, nor says so
    const more = { role: "owner", refundLimit: "9000", captureLimit: "9001", terminal: "52222" };
    await expect(invite("Rui", more)).rejects.toThrow(
      /is refunder already: .*\n.*is of terminal 52221 already: .*\n.*refunds up to 5000 cents already: leave --refund-limit out.*\n.*captures up to 9000 cents already: leave --capture-limit out/,
    );
    const rui = await signedIn(stage, idIn(line));
    expect((await rui.api("GET", "/v1/me")).body).toMatchObject({
      terminal: "52221",
      refundLimit: 5000,
      captureLimit: 9000,
    });
    expect(await said((env) => operators.remove(env, "Rui"))).toEqual([
      `${rui.id} "Rui" is signed out everywhere, and comes in no more.`,
    ]);
    expect((await rui.api("GET", "/v1/me")).status).toBe(401);
    await expect(said((env) => operators.remove(env, "Rui"))).rejects.toThrow("There is no such colleague");
    await expect(said((env) => operators.remove(env, "Ana Sousa"))).rejects.toThrow("could do what this owner can");
  });

  it("says all that is wrong in what it is asked for, by the names of its options", async () => {
    await expect(invite(" ", { role: "boss", refundLimit: "20.5", captureLimit: "0" })).rejects.toThrow(
      /^--name .+\n--role must be one of viewer, .+\n--refund-limit .+\n--capture-limit .+$/,
    );
    await expect(invite("Eva", { role: "viewer", terminal: " " })).rejects.toThrow(
      "--terminal must be a terminal's number",
    );
    await expect(operators.list({})).rejects.toThrow("DATABASE_URL is not set");
    expect(await said(operators.list)).toHaveLength(1);
  });
});
