import { Connection } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { faultyPlans } from "@caravela/platform/testing/plans";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { testPool } from "../testing/pool.ts";
import { forgetEvents } from "./forget.ts";
import { listEvents } from "./list.ts";
import { ALL_EVENTS } from "./list-filter.ts";
import { readEvent, resendEvent } from "./read.ts";

const BEFORE = new Date("2026-06-01T00:00:00Z");
const NOW = new Date("2026-09-01T00:00:00Z");

const pool = await testPool({ max: 4 });
beforeAll(async () => {
  await pool.query(
    "insert into event_endpoint (id, url, types, secret, created_at) values ('end_1', 'http://here/', '{*}', '', now())",
  );
});
beforeEach(() => pool.query("truncate event, delivery"));

const idOf = (n: number) => `evt_${String(n).padStart(20, "0")}` as const;

/** So many events, one a minute from a moment on, each delivered. */
async function told(count: number, from: string, first = 1): Promise<void> {
  await pool.query(
    `insert into event (id, subject_id, sequence, type, at, body)
     select 'evt_' || lpad(n::text, 20, '0'), 'pay_1', n, 'payment.paid', $2::timestamptz + n * interval '1 minute', json_build_object('n', n)
       from generate_series($3::integer, $3 + $1 - 1) as n`,
    [count, from, first],
  );
  await pool.query(
    `insert into delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at)
     select id || '.end_1', id, 'end_1', subject_id, sequence, at from event on conflict do nothing`,
  );
}

const left = async () =>
  (
    await pool.query<{ events: number; deliveries: number }>(
      "select (select count(*) from event)::integer as events, (select count(*) from delivery)::integer as deliveries",
    )
  ).rows[0];

const forget = (signal = new AbortController().signal) => forgetEvents(pool, BEFORE, signal);

/** All events, whosever they are. */
const lists = () => ({ pool, before: "52221" as const });

it("what is older than a moment is forgotten with its deliveries, however much it is, and nothing else", async () => {
  await told(1_203, "2026-01-01T00:00:00Z");
  await told(5, "2026-08-01T00:00:00Z", 2_000);
  await forget();
  expect(await left()).toEqual({ events: 5, deliveries: 5 });
});

it("what is still being delivered is kept, however old it is, until that is over", async () => {
  await told(1_203, "2026-01-01T00:00:00Z");
  await pool.query("update delivery set due_at = $2 where event_id = any ($1)", [[idOf(3), idOf(700)], NOW]);
  await forget();
  expect(await left()).toEqual({ events: 2, deliveries: 2 });
  await pool.query("update delivery set due_at = null");
  await forget();
  expect(await left()).toEqual({ events: 0, deliveries: 0 });
});

it("what is asked for again in that moment is kept, or was forgotten before: nothing half of it is left", async () => {
  await told(2, "2026-01-01T00:00:00Z");
  await inTransaction(pool, async (connection) => {
    expect(await resendEvent(connection, idOf(1), NOW, lists().before)).toBe("pay_1");
    await forget();
  });
  expect(await left()).toEqual({ events: 1, deliveries: 1 });
  const { rows } = await pool.query("select event_id, due_at from delivery");
  expect(rows).toEqual([{ event_id: idOf(1), due_at: NOW }]);
  expect(await inTransaction(pool, (connection) => resendEvent(connection, idOf(2), NOW, lists().before))).toBe(null);
  expect(await readEvent(pool, idOf(2))).toBe(null);
});

it("a list goes on with what is older, though the event at which its page ended is forgotten", async () => {
  await told(6, "2026-01-01T00:00:00Z");
  await pool.query("update delivery set due_at = $2 where event_id = $1", [idOf(1), NOW]);
  const first = await listEvents(lists(), ALL_EVENTS, { limit: 2 });
  expect(first.data).toMatchObject([{ n: 6 }, { n: 5 }]);
  await forget();
  const rest = await listEvents(lists(), ALL_EVENTS, { limit: 2, after: first.next ?? "" });
  expect(rest).toMatchObject({ data: [{ n: 1 }], hasMore: false, next: null });
});

it("ends when the server stops, and goes on the next time", async () => {
  await told(1_203, "2026-01-01T00:00:00Z");
  const closing = new AbortController();
  const forgetting = forget(closing.signal);
  closing.abort();
  await expect(forgetting).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
  expect((await left())?.events).toBeGreaterThan(0);
  await forget();
  expect((await left())?.events).toBe(0);
});

it("finds what is old by an index, and sorts nothing", async () => {
  await told(20_000, "2026-01-01T00:00:00Z");
  await pool.query("analyze event, delivery");
  const made = vi.spyOn(Connection.prototype, "query");
  await forgetEvents(pool, new Date("2026-01-01T01:00:00Z"), new AbortController().signal);
  const texts = made.mock.calls
    .map(([asked]) => (typeof asked === "string" ? asked : asked.text))
    .filter((text) => text.includes("caravela."));
  vi.restoreAllMocks();
  expect(new Set(texts).size).toBe(2);
  expect(
    await faultyPlans(
      pool,
      texts.map((text) => [text, text]),
      [],
    ),
  ).toEqual([]);
});
