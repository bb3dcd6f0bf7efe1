import { planFaults } from "@caravela/platform/testing/plans";
import { beforeAll, expect, it, vi } from "vitest";
import { testPool } from "../testing/pool.ts";
import { ALL_EVENTS, type EventFilter } from "./list-filter.ts";
import { resendEvents } from "./resend.ts";

/** So many payments, and of each so many events, one a day: what is told of one is spread over the whole list. */
const PAYMENTS = 700;
const OF_EACH = 4;
const NOW = new Date("2026-09-01T00:00:00Z");

const pool = await testPool({ bareNames: "none", max: 2 });
beforeAll(async () => {
  await pool.query(`
    insert into caravela.event_endpoint (id, url, types, secret, created_at)
    values ('ep_1', 'http://one/', '{*}', '', now()), ('ep_2', 'http://two/', '{payment.paid}', '', now())`);
  await pool.query(`
    insert into caravela.event (id, subject_id, sequence, type, at, body)
    select concat('evt_', lpad(((s - 1) * ${PAYMENTS} + n)::text, 20, '0')), 'pay_' || n, s, case when s = 3 then 'payment.paid' else 'payment.pending' end,
           timestamptz '2026-08-01T00:00:00Z' + s * interval '1 day' + n * interval '1 second', '{}'
      from generate_series(1, ${PAYMENTS}) as n, generate_series(1, ${OF_EACH}) as s`);
  await pool.query(`
    insert into caravela.delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, given_up_at)
    select event.id || '.' || event_endpoint.id, event.id, event_endpoint.id, subject_id, sequence, at, case when sequence > 2 then at end
      from caravela.event join caravela.event_endpoint on types && array['*', type]`);
  await pool.query("analyze caravela.event, caravela.delivery");
});

const count = async (where: string) =>
  (await pool.query<{ count: number }>(`select count(*)::integer as count from ${where}`)).rows[0]?.count;

const resend = (filter: Partial<EventFilter>, at: Date, poke: () => void = () => undefined, signal?: AbortSignal) =>
  resendEvents(
    { pool, before: "52221" },
    { filter: { ...ALL_EVENTS, ...filter }, at, poke, signal: signal ?? new AbortController().signal },
  );

/** Payments of which the first endpoint is sent some, and not all that was asked for. */
const halves = () =>
  count(`(select subject_id from caravela.delivery where endpoint_id = 'ep_1'
           group by 1 having count(due_at) not in (0, ${OF_EACH})) as half`);

it("what is told of one payment becomes due together, however many parts it takes: nobody is sent it out of order", async () => {
  const seen: (number | undefined)[] = [];
  const looking: Promise<void>[] = [];
  const poke = () => void looking.push(halves().then((one) => void seen.push(one)));
  expect(await resend({}, NOW, poke)).toBe(PAYMENTS * OF_EACH);
  await Promise.all(looking);
  expect(seen.length).toBeGreaterThanOrEqual(PAYMENTS / 100);
  expect(new Set(seen)).toEqual(new Set([0]));
  expect(await count("caravela.delivery where due_at is null")).toBe(0);
});

it("goes on from the same moment with what is left, and ends when the server stops", async () => {
  expect(await resend({}, NOW)).toBe(0);
  const later = new Date(NOW.getTime() + 1);
  const closing = new AbortController();
  await expect(resend({}, later, () => closing.abort(), closing.signal)).rejects.toThrow(
    expect.objectContaining({ name: "AbortError" }),
  );
  const done =
    (await count(`caravela.delivery where first_due_at = '${later.toISOString()}' and endpoint_id = 'ep_1'`)) ?? 0;
  expect(done).toBeGreaterThan(0);
  expect(await resend({}, later)).toBe(PAYMENTS * OF_EACH - done);
});

it("each part finds what it is about by an index, whatever is asked for", async () => {
  const query = vi.spyOn(pool, "query");
  const at = new Date(NOW.getTime() + 2);
  expect(await resend({ undelivered: true, endpoint: "ep_2" }, at)).toBe(PAYMENTS);
  expect(await resend({ undelivered: false }, at)).toBe(0);
  expect(await resend({ terminal: "52221", type: ["payment.paid"] }, new Date(at.getTime() + 1))).toBe(PAYMENTS);
  const texts = new Set(query.mock.calls.map(([text]) => String(text)).filter((text) => text.includes("held as")));
  query.mockRestore();
  expect(texts.size).toBe(2);
  for (const text of texts) expect(await planFaults(pool, text, ["event_endpoint"])).toEqual([]);
});
