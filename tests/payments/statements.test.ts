import { pageAfter } from "@caravela/platform/page-mark";
import { Connection, createPool, type Pool, type Queries } from "@caravela/platform/postgres/pool";
import { testDatabase } from "@caravela/platform/testing/database";
import { faultyPlans, planFaults } from "@caravela/platform/testing/plans";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  agree,
  approve,
  askMandate,
  askPhone,
  askReference,
  createPayment,
  faults,
  payAtAtm,
  read,
} from "../support/actions.ts";
import { makeKey } from "../support/keys.ts";
import { asOperator, signedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { withPasskey } from "../support/visitor.ts";

// Every statement that the server makes for payments, events and mandates finds its rows by an index and sorts no more
// than a page, whatever PostgreSQL knows of the tables: the statements are those that it is seen to make.

const database = testDatabase();
let stage: Stage;
let pool: Pool;
const made = new Map<string, string>();

beforeAll(async () => {
  const { query } = Connection.prototype;
  vi.spyOn(Connection.prototype, "query").mockImplementation(function (
    this: Connection,
    ...asked: Parameters<Queries["query"]>
  ) {
    const [statement] = asked;
    const { name, text } = typeof statement === "string" ? { name: statement, text: statement } : statement;
    // the gateway's own are of its own tables
    if (text.includes(" caravela.")) made.set(name ?? text, text);
    return query.apply(this, asked) as never;
  });
  stage = await setStage({ methods: ["mbway", "multibanco", "card"] }, { database });
  await live();
  vi.restoreAllMocks();
  pool = createPool({ url: (await database).url, schema: "caravela", bareNames: "none", byIndex: true, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await stage.close();
});

const SCOPES = ["payments:read", "events", "admin"] as const;

/** Payments of each kind, from the order to the event; refunds, a mandate with a plan, and what is read of them. */
async function live(): Promise<void> {
  const paid = await createPayment(stage);
  await askPhone(stage, paid);
  await approve(stage);
  const byReference = await createPayment(stage);
  const { body } = await askReference(stage, byReference);
  await payAtAtm(stage, body.multibanco);
  const left = await createPayment(stage);
  await askReference(stage, left);
  await askPhone(stage, left);
  await stage.api("POST", `/v1/payments/${left}/cancel`);
  const held = await createPayment(stage, { capture: "manual" });
  await askPhone(stage, held);
  await approve(stage);
  await stage.settle();
  await stage.api("POST", `/v1/payments/${held}/capture`, { amount: 100 });
  await stage.api("POST", `/v1/payments/${held}/cancel`);
  await stage.api("POST", `/v1/payments/${paid}/refunds`, { amount: 50 });
  const till = await makeKey(stage, ["refunds:write"], { refundLimit: 150 });
  await till.api("POST", `/v1/payments/${paid}/refunds`, { amount: 100 });
  await till.api("POST", `/v1/payments/${byReference}/refunds`, { amount: 51 });
  await faults(stage, { refund: { http: { 400: 1 } } });
  await till.api("POST", `/v1/payments/${byReference}/refunds`, { amount: 50 });
  await faults(stage, {});
  await stage.api("POST", `/v1/keys/${till.id}/roll`);
  await stage.api("DELETE", `/v1/keys/${till.id}`);
  await colleagues();
  const mandate = await askMandate(stage);
  await agree(stage);
  await stage.settle();
  const plan = { amount: 500, currency: "EUR", every: "month", firstDate: "2099-01-01", description: "Box" };
  await stage.api("POST", `/v1/mandates/${mandate.id}/plans`, plan);
  for (const path of ["payments", "mandates", "events", "event-endpoints", "keys"]) await turnPages(path);
  const { secret } = (await stage.api("POST", "/v1/keys", { name: "Own", scopes: [...SCOPES], terminal: "52221" }))
    .body;
  const asOwn = (path: string) => stage.api("GET", path, undefined, { authorization: `Bearer ${secret}` });
  for (const path of ["payments", "mandates", "events", "event-endpoints", "keys"]) await asOwn(`/v1/${path}`);
  for (const path of [`payments/${paid}`, `mandates/${mandate.id}`]) await asOwn(`/v1/${path}`);
  for (const path of filtered("payments", {
    reference: "order",
    status: "paid",
    mandate: mandate.id,
    plan: mandate.id,
  }))
    await stage.api("GET", path);
  for (const path of filtered("mandates", { customer: "c9", reference: "order", status: "active" }))
    await stage.api("GET", path);
  await stage.api("GET", "/v1/tokens?customer=c9");
  await stage.api("POST", `/v1/payments/${paid}/notes`, { text: "Called." });
  await turnPages(`payments/${paid}/notes`);
  for (const path of filtered("approvals", { status: "waiting", payment: paid })) await stage.api("GET", path);
  for (const status of ["approved", "refused", "expired"]) await stage.api("GET", `/v1/approvals?status=${status}`);
  await asOwn("/v1/approvals?status=waiting");
  const { id: asking } = await asOperator(stage, "owner", { refundLimit: 100 });
  for (const query of [`operator=${asking}`, `subject=${paid}`, "from=2026-01-01&to=2099-01-01", "after=9"])
    await asOwn(`/v1/audit?${query}`);
  for (const query of ["", `?subject=${paid}`, `?after=${pageAfter("approval_waiting.apr_00000000000000000000", [1])}`])
    await stage.api("GET", `/v1/tasks${query}`);
  const [{ id: endpoint }] = (await stage.api("GET", "/v1/event-endpoints")).body.data;
  await stage.api("POST", `/v1/event-endpoints/${endpoint}/ping`);
  const [{ id: event }] = (await stage.api("GET", "/v1/events")).body.data;
  await stage.api("GET", `/v1/events/${event}`);
  for (const path of ["health", "summaries/failures", "summaries/references"]) await stage.api("GET", `/v1/${path}`);
  await (await withPasskey(stage, "owner")).visitor.signIn();
  await fetch((await read(stage, paid)).payUrl);
  for (const path of ["readyz", "metrics"]) await fetch(new URL(path, stage.server.url));
  await stage.advance(7 * 60);
  // the chores of a day
  await stage.advance(2 * 86_400);
}

/** Who is at work: invited, changed, signed in and out, removed. */
async function colleagues(): Promise<void> {
  const { api } = await asOperator(stage, "owner", { refundLimit: 5000 });
  const wanted = { name: "Rui", role: "refunder", refundLimit: 500 };
  const { id, inviteUrl } = (await api("POST", "/v1/operators", wanted)).body;
  await fetch(inviteUrl);
  await api("POST", `/v1/operators/${id}`, { role: "viewer" });
  await api("POST", `/v1/operators/${id}/invite`);
  const rui = await signedIn(stage, id);
  for (const path of ["me", "sessions", "operators"]) for (const who of [api, rui.api]) await who("GET", `/v1/${path}`);
  await rui.api("DELETE", `/v1/sessions/${rui.session}`);
  await api("DELETE", `/v1/operators/${id}`);
}

/** A page, and the one after it. */
async function turnPages(path: string): Promise<void> {
  const { next } = (await stage.api("GET", `/v1/${path}?limit=1`)).body;
  await stage.api("GET", `/v1/${path}?after=${next ?? pageAfter("pay_00000000000000000000")}`);
}

/** The list by every combination of what it may be asked for, each at its head and further down. */
function filtered(path: string, values: Readonly<Record<string, string>>): string[] {
  const queries = Object.entries(values).reduce(
    (all, [name, value]) => all.flatMap((one) => [one, `${one}${name}=${value}&`]),
    [`/v1/${path}?`],
  );
  return queries.flatMap((one) => [`${one}limit=2`, `${one}after=${pageAfter("pay_00000000000000000000")}`]);
}

/**
 * What stays small however many payments there are: set up by hand, of one row, or asked for by a person; and indexes
 * of what a server of the release before left undone.
 */
const SMALL = [
  "api_key",
  "operator",
  "event_endpoint",
  "chore",
  "clock",
  "migration",
  "migration_standing",
  "terminal_before",
  "notification_refused",
  "approval",
  "approval_decision",
  "payment_not_in_full",
  "mandate_unlisted",
  "payment_owing_unseen",
];

/** The statements that read or write rows: an `explain` knows no others. */
const explained = () => [...made].filter(([, text]) => /^\s*(select|with|insert|update|delete)\b/i.test(text));

const allFaults = (small: readonly string[] = SMALL) => faultyPlans(pool, explained(), small);

describe("every statement of a payment finds its rows by an index, and sorts no more than a page:", () => {
  it("those that are looked at are all that were made", () => {
    expect(made.size).toBeGreaterThan(40);
    for (const name of [
      "payment-create-events-keys-requests-lists0",
      "payment-decide-many",
      "due-claim-deliveries",
      "api-key-find",
      "api-key-used",
      "session-find",
      "operator-hold-owners",
      "invitation-find",
      "refund-day-left",
      "payment-decide-events-keys-requests-spends-lists12",
      "delivery-tried",
      "oldest-due",
      "unsettled",
      "last-notification",
      "endpoint-deliveries",
      "events-undelivered",
      "in-doubt",
      "session-find",
      "passkey-find",
      "passkey-use",
      "challenge-take",
    ])
      expect([...made.keys()]).toContain(name);
    // the refund that SIBS refused counts in nobody's day
    expect([...made.keys()]).toContainEqual(expect.stringMatching(/^payment-decide-.*uncounts/));
  });

  it("on a database of which nothing is known", async () => expect(await allFaults()).toEqual([]));

  it("on one that was looked at while it was all but empty, and is large since", async () => {
    await pool.query("analyze");
    await pool.query(`
      insert into caravela.payment (id, state, version, due_at, unawaited_at, created_at, reference, amount, status, amount_authorized, amount_captured,
        amount_released, amount_refunded, amount_refunding, amount_settling, amount_aside, amount_returned, is_corrected)
      select 'pay_many' || n, '{}', 1, case when n % 20 = 0 then now() end, case when n % 20 = 0 then now() end, now() - n * interval '1 minute', 'order-' || n, 550, 'paid',
             550, 550, 0, 0, 0, 0, 0, 0, false from generate_series(1, 20000) as n`);
    await pool.query(`
      insert into caravela.fact (subject_id, number, at, kind, version, data)
      select 'pay_many' || n, 1, now(), 'payment_created', 3, '{}' from generate_series(1, 20000) as n`);
    await pool.query(`
      insert into caravela.event (id, subject_id, sequence, type, at, body)
      select 'evt_many' || n, 'pay_many' || n, 1, 'payment.paid', now() - n * interval '1 minute', '{}' from generate_series(1, 20000) as n`);
    await pool.query(`
      insert into caravela.delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at)
      select event.id || '.x', event.id, endpoint.id, subject_id, sequence, at, case when random() < 0.05 then at end
        from caravela.event, (select id from caravela.event_endpoint limit 1) as endpoint where event.id like 'evt_many%'`);
    await pool.query(`
      insert into caravela.notification (id, transaction_id, plaintext, received_at, subject_id)
      select 'note' || n, 's2' || n, '{}', now(), case when n > 5000 then 'pay_many' || n end from generate_series(1, 20000) as n`);
    await pool.query(`
      insert into caravela.found_by (key, subject_id) select 's2' || n, 'pay_many' || n from generate_series(1, 20000) as n`);
    await pool.query(`
      insert into caravela.idempotency (scope, key, fingerprint, status, body, created_at, operation)
      select 's', 'key' || n, '', 200, '', now(), 'o' from generate_series(1, 20000) as n`);
    await pool.query(`
      insert into caravela.api_key (id, name, scopes, budgets, created_at)
      select 'key_many' || n, 'Till', array['admin'], '[]', now() - n * interval '1 minute' from generate_series(1, 20000) as n`);
    await pool.query(`
      insert into caravela.api_key_secret (hash, key_id)
      select sha256(n::text::bytea), 'key_many' || n from generate_series(1, 20000) as n`);
    await pool.query(`
      insert into caravela.refund_day (key_id, day, amount, most)
      select 'key_many' || n, '2026-11-28', 1, 1 from generate_series(1, 20000) as n`);
    // as far as PostgreSQL knows all events are of one terminal: the list of that one is read in the order of all
    expect(await allFaults([...SMALL, "event_by_age"])).toEqual([]);
  });

  it("and on the same, looked at", async () => {
    await pool.query("analyze");
    expect(await allFaults()).toEqual([]);
  });

  it.each(["payment", "mandate"])(
    "and of each %s that somebody waits for, however many are due that may wait",
    async (table) => {
      const text = made.get(`due-claim-${table}s`) ?? "";
      const { rows } = await pool.query<{ "QUERY PLAN": string }>(`explain (generic_plan) ${text}`);
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(plan.match(/Index Scan using \w+_(due|awaited)/g)).toEqual([`Index Scan using ${table}_awaited`]);
    },
  );

  it("which is no matter of course", async () => {
    const text = "select 1 from caravela.fact where data::text = $1";
    expect(await planFaults(pool, text, SMALL)).toEqual(["Seq Scan of fact"]);
  });
});
