import { systemChance } from "@caravela/platform/chance";
import { systemClock } from "@caravela/platform/clock";
import { createLog } from "@caravela/platform/log";
import type { Pool } from "@caravela/platform/postgres/pool";
import { expect, it } from "vitest";
import { Sessions } from "./sessions.ts";

it("looks a session up once for all that its person asks at one moment, as a page of many parts does", async () => {
  const statements: unknown[] = [];
  const query = async (statement: unknown) => {
    statements.push(statement);
    return { rows: [] };
  };
  const pool = { query } as unknown as Pool;
  const log = createLog({ name: "test", level: "silent" });
  const sessions = new Sessions({ pool, clock: systemClock, chance: systemChance, log, localOwner: false });
  const token = "a".repeat(50);
  const callers = await Promise.all([true, true, false, true].map((attended) => sessions.callerBy(token, attended)));
  expect(callers).toEqual([null, null, null, null]);
  expect(statements).toHaveLength(1);
});
