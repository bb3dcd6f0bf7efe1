import { readBy } from "@caravela/platform/testing/plans";
import { beforeAll, describe, expect, it } from "vitest";
import { ALWAYS } from "../domain/span.ts";
import { testPool } from "../testing/pool.ts";
import { listStatement } from "./list-query.ts";
import { type LoggedRequest, type RequestFilter, RequestLog, SHOWN, TERMINALS_OF, wayOf } from "./request-log.ts";

const pool = await testPool({ bareNames: "none", max: 1 });

const NOW = new Date("2026-11-28T12:00:00Z");
const asked = (n: number, by: LoggedRequest["by"] = { type: "shop", id: null }): LoggedRequest => ({
  id: `req_${n}`,
  at: NOW,
  method: "GET",
  path: "/v1/payments",
  status: by === null ? 401 : 200,
  ms: 3,
  by,
  terminal: null,
  problem: null,
});

describe("requests that are noted", () => {
  /** A log whose statements are seen, and whose time passes when it is told so. */
  function watched({ isKept = true, fails = false } = {}) {
    const written: number[] = [];
    const timers: { ms: number; callback: () => void }[] = [];
    const dropped: number[] = [];
    const pool = {
      query: async ({ values: [rows] }: { values: [string] }) => {
        if (fails) throw new Error("away");
        written.push(JSON.parse(rows).length);
      },
    };
    const requests = new RequestLog({
      pool: pool as never,
      clock: { now: () => NOW },
      log: { warn: () => undefined },
      isKept,
      dropped: () => void dropped.push(1),
      later: (ms, callback) => {
        timers.push({ ms, callback });
        return () => undefined;
      },
    });
    return { requests, written, timers, dropped: () => dropped.length };
  }

  it("are written two seconds later, all of them by one statement for each thousand", async () => {
    const { requests, written, timers } = watched();
    for (let n = 0; n < 2_500; n += 1) requests.note(asked(n));
    expect([written, timers.map(({ ms }) => ms)]).toEqual([[], [2_000]]);
    timers[0]?.callback();
    await requests.written();
    expect(written).toEqual([1_000, 1_000, 500]);
    requests.note(asked(1));
    expect(timers).toHaveLength(2);
  });

  it("are dropped and counted when too many wait, or cannot be written: nobody waits for it", async () => {
    const many = watched();
    for (let n = 0; n < 10_007; n += 1) many.requests.note(asked(n));
    expect(many.dropped()).toBe(7);
    const failing = watched({ fails: true });
    for (let n = 0; n < 3; n += 1) failing.requests.note(asked(n));
    await failing.requests.written();
    expect(failing.dropped()).toBe(3);
  });

  it("are few of those that nobody known asked for: whoever guesses keys fills no table", async () => {
    const { requests, written, dropped } = watched();
    for (let n = 0; n < 80; n += 1) requests.note(asked(n, null));
    requests.note(asked(100));
    await requests.written();
    expect([written, dropped()]).toEqual([[51], 30]);
  });

  it("are none where it is set so", () => {
    const { requests, timers } = watched({ isKept: false });
    requests.note(asked(1));
    expect(timers).toEqual([]);
  });
});

describe("a page of 30,000 requests reads no more than a page:", () => {
  const MANY = 30_000;
  beforeAll(async () => {
    await pool.query(`
      insert into caravela.request_log
      select 'req_' || n, now() - n * interval '1 second', 'GET', '/v1/payments', case when n % 10000 = 0 then 409 else 200 end, 3,
             'shop', case when n % 10 = 0 then 'key_1' else '' end, case when n % 2 = 0 then '52221' else '' end, null
        from generate_series(1, ${MANY}) as n`);
    await pool.query("analyze caravela.request_log");
  });

  const ALL: RequestFilter = { request: null, by: null, refused: null, at: ALWAYS, terminal: null };
  it.each<[string, Partial<RequestFilter>]>([
    ["all", {}],
    ["the few that were refused", { refused: true }],
    ["a terminal's", { terminal: "52221" }],
    ["a terminal's that were refused", { terminal: "52221", refused: true }],
    ["those of a key", { by: "key_1" }],
    ["those of a key that were refused", { by: "key_1", refused: true }],
    ["those of a key, of another terminal", { by: "key_1", terminal: "52222" }],
    ["those of nobody", { by: "key_2" }],
    ["one by its id", { request: "req_77" }],
    ["of a minute", { at: { from: Date.now() - 120_000, before: Date.now() - 60_000 } }],
  ])("%s", async (_what, changes) => {
    const way = wayOf({ ...ALL, ...changes }, ["", "52221"]);
    const { whole, rows } = await readBy(
      pool,
      listStatement({ table: "request_log", by: "at", ways: [way], shown: SHOWN }, { limit: 20 }),
    );
    expect(whole).toEqual([]);
    expect(rows).toBeLessThan(200);
  });

  it("and those whose a key was are found from one to the next", async () => {
    const { whole, rows } = await readBy(pool, { text: TERMINALS_OF, values: [""] });
    expect(whole).toEqual([]);
    expect(rows).toBeLessThan(20);
    const { rows: found } = await pool.query<{ terminal: string }>(TERMINALS_OF, [""]);
    expect(found.map(({ terminal }) => terminal)).toEqual(["", "52221"]);
  });

  it("and those of the last seven days are kept", async () => {
    const clock = { now: () => new Date(Date.now() + 7 * 86_400_000 - (MANY / 2) * 1000) };
    const requests = new RequestLog({
      pool,
      clock,
      log: { warn: () => undefined },
      isKept: true,
      dropped: () => undefined,
    });
    await requests.purge();
    const { rows } = await pool.query<{ count: number }>("select count(*)::integer as count from caravela.request_log");
    expect(Math.abs((rows[0]?.count ?? 0) - MANY / 2)).toBeLessThan(300);
  });
});
