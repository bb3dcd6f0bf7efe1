import { describe, expect, it } from "vitest";
import type { KeepsAudit } from "../http/audited.ts";
import { byCommand } from "./by-command.ts";

const COMMANDED = { operation: "revokeKey", subject: null, fields: [] };

/** An audit that takes what is asked for, and then nothing more. */
function lostAfterwards(statuses: number[]): KeepsAudit {
  return {
    asked: async (action) => ({ number: 1, action }),
    answered: async (_asked, { status }) => {
      statuses.push(status);
      throw new Error("the database is away");
    },
  };
}

describe("an audit that takes what is asked for, and not how it ended", () => {
  it("lets a command tell what it did, once", async () => {
    const statuses: number[] = [];
    const done = byCommand(
      lostAfterwards(statuses),
      COMMANDED,
      async () => "the link",
      () => null,
    );
    await expect(done).resolves.toBe("the link");
    expect(statuses).toEqual([200]);
  });

  it("lets a command tell why it did nothing", async () => {
    const statuses: number[] = [];
    const refused = async () => {
      throw new Error("nobody is called so");
    };
    await expect(byCommand(lostAfterwards(statuses), COMMANDED, refused, () => null)).rejects.toThrow("called so");
    expect(statuses).toEqual([400]);
  });
});
