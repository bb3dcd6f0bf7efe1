import { readBy } from "@caravela/platform/testing/plans";
import { beforeAll, describe, expect, it } from "vitest";
import { readSearch } from "../domain/search.ts";
import { listStatement } from "../storage/list-query.ts";
import { testPool } from "../testing/pool.ts";
import { eventQuery, listEvents } from "./list.ts";
import { ALL_EVENTS, type EventFilter } from "./list-filter.ts";

const MANY = 30_000;
const MOST = 1_500;

const pool = await testPool({ bareNames: "none", max: 1 });
beforeAll(async () => {
  await pool.query(`
    insert into caravela.event_endpoint (id, url, types, secret, created_at)
    select name, 'http://shop.example/' || name, array[type], '', now()
      from (values ('ep_all', '*'), ('ep_few', 'payment.attention'), ('ep_new', '*'), ('ep_waiting', '*')) as given (name, type)`);
  await pool.query(`
    insert into caravela.event (id, subject_id, sequence, type, at, body, terminal)
    select 'evt_' || n, 'pay_' || n, 1, case when n = ${MANY} then 'payment.attention' else 'payment.paid' end,
           now() - n * interval '1 minute', '{}', '52221' from generate_series(1, ${MANY}) as n`);
  await pool.query(`
    insert into caravela.delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at)
    select id || '.ep_all', id, 'ep_all', subject_id, 1, at, case when id = 'evt_${MANY}' then at end from caravela.event
    union all select 'evt_${MANY}.ep_few', 'evt_${MANY}', 'ep_few', 'pay_${MANY}', 1, now(), null
    union all select id || '.ep_waiting', id, 'ep_waiting', subject_id, 1, at, at from caravela.event
    union all select id || '.ep_new', id, 'ep_new', subject_id, 1, at, at from caravela.event where id in ('evt_1', 'evt_2')`);
  await pool.query("analyze caravela.event, caravela.delivery");
});

const ENDPOINTS = [
  { id: "ep_all", types: ["*"] },
  { id: "ep_few", types: ["payment.attention"] },
  { id: "ep_new", types: ["*"] },
  { id: "ep_waiting", types: ["*"] },
].map((one) => ({ ...one, terminal: null, isFirst: true }));

const LONG_AGO = { from: null, before: Date.now() - (MANY - 60) * 60_000 };

describe("a page of events reads no more than a page, however rare what it finds:", () => {
  it.each<[string, Partial<EventFilter>]>([
    ["all", {}],
    ["of a payment", { payment: "pay_77" }],
    ["of a type that one has", { type: ["payment.attention"] }],
    ["of types, one of which nearly all have", { type: ["payment.attention", "payment.paid"] }],
    ["of an endpoint that is sent all", { endpoint: "ep_all" }],
    ["of an endpoint that is sent few", { endpoint: "ep_few" }],
    ["that an endpoint has not taken", { undelivered: true }],
    ["that one endpoint has not taken", { undelivered: true, endpoint: "ep_few" }],
    ["of an endpoint that is new, and was sent a few", { endpoint: "ep_new" }],
    ["of a type, and of an endpoint that is new", { endpoint: "ep_new", type: ["payment.paid"] }],
    ["of a type that an endpoint is not told of", { endpoint: "ep_few", type: ["payment.paid"] }],
    ["of a terminal, and of an endpoint that is new", { endpoint: "ep_new", terminal: "52221" }],
    ["that one endpoint has taken", { undelivered: false, endpoint: "ep_waiting" }],
    ["of which very many wait", { undelivered: true, endpoint: "ep_waiting" }],
    ["of which very many wait, of long ago", { undelivered: true, created: LONG_AGO }],
    ["of a terminal", { terminal: "52221" }],
    ["of a terminal that has none, of a type that nearly all have", { terminal: "52222", type: ["payment.paid"] }],
  ])("%s", async (_what, filter) => {
    const endpoints = ENDPOINTS.filter(({ id }) => filter.endpoint === undefined || id === filter.endpoint);
    const query = eventQuery({ ...ALL_EVENTS, ...filter }, { endpoints, found: null, before: "52222" });
    const { whole, rows, blocks } = await readBy(pool, listStatement(query, { limit: 20 }));
    expect(whole.filter((table) => table !== "event_endpoint")).toEqual([]);
    expect(rows).toBeLessThan(MOST);
    expect(blocks).toBeLessThan(MOST);
  });
});

describe("a search of events", () => {
  const lists = { pool, before: "52221" } as const;
  const search = (words: string) => listEvents(lists, { ...ALL_EVENTS, search: readSearch(words) }, { limit: 20 });

  it("says what to do where its words find more payments than are looked through", async () => {
    await pool.query(`
      insert into caravela.listed_payment
      select id, id, '52221', now(), null, 'open', 'none', 550, case when n = 1 then 'mine' else 'donation' end, null, null, null, false, false
        from generate_series(1, 1002) as n, concat('pay_', n) as id`);
    await expect(search("donation")).rejects.toMatchObject({ status: 422, errors: [{ field: "q" }] });
    expect((await search("mine")).data).toHaveLength(1);
  });
});
