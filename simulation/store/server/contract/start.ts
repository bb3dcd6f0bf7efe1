import { storedClock } from "@caravela/platform/clock";
import { expect, it } from "vitest";
import { makeUpForEarlier } from "../../../../packages/server/src/storage/beside-earlier.ts";
import { terminalBefore } from "../../../../packages/server/src/storage/terminal-before.ts";
import { listUnlisted } from "../../../../packages/server/src/storage/unlisted.ts";
import { doChore, enlist } from "../../../../packages/server/src/work/chores.ts";
import type { BothServers } from "../testing/both-servers.ts";

const DAY = 86_400_000;

/** What a server asks as it starts, and once a day. */
export function aServerStarts(servers: BothServers): void {
  it("its clock is as it was left, its terminal the first there was, and nothing is unlisted", async () => {
    const said = await servers.same(async ({ pool, clock }) => {
      const moved = await storedClock(pool, clock);
      await moved.moveTo(5_000);
      await moved.moveTo(1_000);
      const again = await storedClock(pool, clock);
      const before = [await terminalBefore(pool, "52221"), await terminalBefore(pool, "1")];
      await listUnlisted(pool);
      await makeUpForEarlier({ pool, clock, log: {} as never });
      return [moved.offsetMs, again.offsetMs, before];
    });
    expect(said).toEqual([5_000, 5_000, ["52221", "52221"]]);
    await servers.sameRows();
  });

  it("chores come round once a day, or when they say, and one that is none any more is taken off", async () => {
    const tomorrow = new Date(Date.UTC(2027, 0, 1));
    const chores = { daily: async () => undefined, "by itself": async () => tomorrow, others: null };
    await servers.same(async ({ pool, clock, time }) => {
      await enlist(pool, clock, chores);
      await enlist(pool, clock, { ...chores, gone: async () => undefined }, { gone: new Date(0) });
      time.now += 3 * DAY;
      for (const name of ["daily", "by itself", "gone", "none"]) await doChore(pool, clock, chores, name);
    });
    const { "caravela.chore": rows } = await servers.sameRows("chore");
    expect(rows).toHaveLength(2);
  });
}
