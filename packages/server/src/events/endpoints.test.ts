import { systemChance } from "@caravela/platform/chance";
import { systemClock } from "@caravela/platform/clock";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { beforeEach, expect, it, vi } from "vitest";
import { dyingPool, testPool } from "../testing/pool.ts";
import {
  deleteEndpoint,
  deletePartSql,
  endEndpoint,
  giveUpAtEnded,
  giveUpPartSql,
  knownEndpoints,
  saveEndpoint,
} from "./endpoints.ts";

const pool = await testPool();

beforeEach(whatIsThere);

async function whatIsThere(): Promise<void> {
  await pool.query("truncate event_endpoint, delivery");
  await pool.query(`
    insert into event_endpoint (id, url, types, secret, created_at)
    select id, 'https://shop.example/' || id, '{*}', 'x', now() from unnest(array['ep_busy', 'ep_other']) as id`);
  await pool.query(`
    insert into delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at)
    select n || endpoint, n, endpoint, 'pay_1', n, now(), now()
      from generate_series(1, 12_000) as n, unnest(array['ep_busy', 'ep_other']) as endpoint`);
  await pool.query("analyze delivery");
}

/** By which indexes a statement finds what it works on. */
async function plan(text: string): Promise<string> {
  const { rows } = await pool.query(`explain (generic_plan, costs off) ${text}`);
  return JSON.stringify(rows);
}

const dueAt = async (endpoint: string) =>
  (await pool.query("select from delivery where endpoint_id = $1 and due_at is not null", [endpoint])).rowCount;

it("an endpoint with very many deliveries is removed part by part, each found by an index, and no other's are", async () => {
  expect(await plan(deletePartSql)).toContain("delivery_at_endpoint");
  expect(await deleteEndpoint(pool, "ep_busy", new Date())).toBe(true);
  expect(await deleteEndpoint(pool, "ep_busy", new Date())).toBe(false);
  const left = await pool.query("select endpoint_id, count(*)::integer as deliveries from delivery group by 1");
  expect(left.rows).toEqual([{ endpoint_id: "ep_other", deliveries: 12_000 }]);
});

it("one whose removal is broken off wherever is sent nothing more, is shown nowhere, may be registered as a new one, and goes", async () => {
  const register = () =>
    inTransaction(pool, (connection) =>
      saveEndpoint(
        { connection, chance: systemChance, clock: systemClock },
        { terminal: null, url: "https://shop.example/ep_busy", secret: null, types: null },
      ),
    );
  for (let statements = 1, isWhole = false; !isWhole; statements += 1) {
    await whatIsThere();
    isWhole = await deleteEndpoint(dyingPool(pool, statements), "ep_busy", new Date()).then(
      () => true,
      () => false,
    );
    expect((await knownEndpoints(pool)).map(({ id }) => id)).toEqual(["ep_other"]);
    const live = await pool.query("select id from event_endpoint where ended_at is null");
    expect(live.rows).toEqual([{ id: "ep_other" }]);
    const anew = await register();
    expect(anew).toMatchObject({ isNew: true, endpoint: { url: "https://shop.example/ep_busy" } });
    if (statements % 2 === 0) await giveUpAtEnded(pool, new Date());
    else await deleteEndpoint(pool, "ep_busy", new Date());
    const left = await pool.query("select id from event_endpoint where id <> $1", [anew.endpoint.id]);
    expect(left.rows).toEqual([{ id: "ep_other" }]);
    expect([await dueAt("ep_busy"), await dueAt("ep_other")]).toEqual([0, 12_000]);
  }
});

it("one whose rest a chore removes meanwhile was there", async () => {
  const chore = () => giveUpAtEnded(pool, new Date());
  expect(await meanwhile(() => deleteEndpoint(pool, "ep_busy", new Date()), chore)).toBe(true);
  expect((await knownEndpoints(pool)).map(({ id }) => id)).toEqual(["ep_other"]);
});

it("one that a server of the version before registers again while it is removed stays, with what is due there", async () => {
  // that server knows it as one that has ended
  const again = async () => {
    await pool.query("update event_endpoint set version = 3, ended_at = null, end_reason = null where id = 'ep_busy'");
  };
  await meanwhile(() => deleteEndpoint(pool, "ep_busy", new Date()), again);
  expect((await knownEndpoints(pool)).map(({ id }) => id)).toEqual(["ep_busy", "ep_other"]);
  expect(await dueAt("ep_busy")).toBe(12_000);
});

/** Does something, and something else as soon as the first statement of it is done. */
async function meanwhile<T>(work: () => Promise<T>, other: () => Promise<void>): Promise<T> {
  const { query } = pool;
  let isFirst = true;
  vi.spyOn(pool, "query").mockImplementation(async (...asked: Parameters<typeof query>) => {
    const answer = await query.call(pool, ...asked);
    if (!isFirst) return answer;
    isFirst = false;
    await other();
    return answer;
  });
  return work().finally(() => vi.restoreAllMocks());
}

const givenUpAt = async (endpoint: string) =>
  (await pool.query("select from delivery where endpoint_id = $1 and given_up_at is not null", [endpoint])).rowCount;

it("of one that is gone, what was due is given up part by part, and no other's is", async () => {
  expect(await plan(giveUpPartSql)).toContain("delivery_at_endpoint");
  const query = vi.spyOn(pool, "query");
  await endEndpoint(pool, { id: "ep_busy", version: 1, at: new Date() });
  expect(query).toHaveBeenCalledTimes(5);
  vi.restoreAllMocks();
  expect([await dueAt("ep_busy"), await dueAt("ep_other")]).toEqual([0, 12_000]);
  expect([await givenUpAt("ep_busy"), await givenUpAt("ep_other")]).toEqual([12_000, 0]);
  const { rows } = await pool.query("select id from event_endpoint where ended_at is not null");
  expect(rows).toEqual([{ id: "ep_busy" }]);
});

it("of one that was registered anew since it said that it is gone, nothing is", async () => {
  await pool.query("update event_endpoint set version = 2 where id = 'ep_busy'");
  await endEndpoint(pool, { id: "ep_busy", version: 1, at: new Date() });
  expect(await dueAt("ep_busy")).toBe(12_000);
  const { rows } = await pool.query("select id from event_endpoint where ended_at is not null");
  expect(rows).toEqual([]);
});

it("of one that is gone, nothing is lost wherever whoever heard of it died: it has ended, and each event waits or is given up", async () => {
  for (let statements = 1; statements < 4; statements += 1) {
    await pool.query("update event_endpoint set version = $1, ended_at = null, end_reason = null", [statements]);
    await pool.query("update delivery set due_at = now(), given_up_at = null");
    const ending = endEndpoint(dyingPool(pool, statements), { id: "ep_busy", version: statements, at: new Date() });
    await expect(ending).rejects.toThrow("dead");
    const ended = await pool.query("select id, end_reason from event_endpoint where ended_at is not null");
    expect(ended.rows).toEqual([{ id: "ep_busy", end_reason: "gone" }]);
    expect(((await dueAt("ep_busy")) ?? 0) + ((await givenUpAt("ep_busy")) ?? 0)).toBe(12_000);
    await giveUpAtEnded(pool, new Date());
    expect([await dueAt("ep_busy"), await dueAt("ep_other")]).toEqual([0, 12_000]);
  }
});

it("of one that is gone, what is being taken at that moment is not given up", async () => {
  const ended = inTransaction(pool, async (connection) => {
    await connection.query("update delivery set due_at = null where id = '1ep_busy'");
    const ending = endEndpoint(pool, { id: "ep_busy", version: 1, at: new Date() });
    await vi.waitFor(async () => {
      const { rows } = await pool.query("select from pg_locks where not granted");
      expect(rows).toHaveLength(1);
    });
    return { ending };
  });
  await (await ended).ending;
  const { rows } = await pool.query("select due_at, given_up_at from delivery where id = '1ep_busy'");
  expect(rows).toEqual([{ due_at: null, given_up_at: null }]);
  expect(await givenUpAt("ep_busy")).toBe(11_999);
});
