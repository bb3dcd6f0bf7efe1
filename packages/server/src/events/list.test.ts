import { readBy } from "@caravela/platform/testing/plans";
import { beforeAll, describe, expect, it } from "vitest";
import { listStatement } from "../storage/list-query.ts";
import { testPool } from "../testing/pool.ts";
import { ALL_EVENTS, type EventFilter, eventQuery } from "./list.ts";

const MANY = 30_000;
const MOST = 1_500;

const pool = await testPool({ bareNames: "none", max: 1, statementLimitMs: null });
beforeAll(async () => {
  await pool.query(`
    insert into caravela.event_endpoint (id, url, types, secret, created_at)
    values ('ep_all', 'http://shop.example/all', '{*}', '', now()), ('ep_few', 'http://shop.example/few', '{payment.attention}', '', now())`);
  await pool.query(`
    insert into caravela.event (id, subject_id, sequence, type, at, body, terminal)
    select 'evt_' || n, 'pay_' || n, 1, case when n = ${MANY} then 'payment.attention' else 'payment.paid' end,
           now() - n * interval '1 minute', '{}', '52221' from generate_series(1, ${MANY}) as n`);
  await pool.query(`
    insert into caravela.delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at)
    select id || '.ep_all', id, 'ep_all', subject_id, 1, at, case when id = 'evt_${MANY}' then at end from caravela.event
    union all select 'evt_${MANY}.ep_few', 'evt_${MANY}', 'ep_few', 'pay_${MANY}', 1, now(), null`);
  await pool.query("analyze caravela.event, caravela.delivery");
});

const ENDPOINTS = [
  { id: "ep_all", types: ["*"] },
  { id: "ep_few", types: ["payment.attention"] },
];

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
    ["of a terminal", { terminal: "52221" }],
    ["of a terminal that has none, of a type that nearly all have", { terminal: "52222", type: ["payment.paid"] }],
  ])("%s", async (_what, filter) => {
    const endpoints = ENDPOINTS.filter(({ id }) => filter.endpoint === undefined || id === filter.endpoint);
    const query = eventQuery({ ...ALL_EVENTS, ...filter }, { endpoints, before: "52222" });
    const { whole, rows, blocks } = await readBy(pool, listStatement(query, { limit: 20 }));
    expect(whole.filter((table) => table !== "event_endpoint")).toEqual([]);
    expect(rows).toBeLessThan(MOST);
    expect(blocks).toBeLessThan(MOST);
  });
});
