import { createPool } from "@caravela/platform/postgres/pool";
import { testDatabase } from "@caravela/platform/testing/database";
import { verify } from "@caravela/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, payAtAtm, read, readMandate } from "../support/actions.ts";
import { authorise } from "../support/mandates.ts";
import { makePlan } from "../support/plans.ts";
import { type Stage, setStage } from "../support/stage.ts";

const ID = "maria.q@example.pt/7 ü";
const PHONE = "913517391";
const address = {
  street1: "Rua das Flores 7391",
  street2: "3.º Dto.",
  city: "Ponteira",
  postcode: "4000-739",
  country: "PT",
};
const customer = {
  id: ID,
  name: "Maria Quitéria",
  email: "quiteria@example.pt",
  phone: "961 234 567",
  billingAddress: address,
};
const OF_MARIA = {
  customer,
  description: "Anel para o Zé",
  metadata: { gift: "para o Zé Manel", "nota da Quitéria": "tocar à campainha" },
  returnUrl: "https://loja.example/obrigado?quem=quiteria",
  cancelUrl: "https://loja.example/cesto?quem=quiteria",
  items: [{ name: "Anel gravado: Maria", quantity: 1, amount: 550 }],
};
/** Whatever tells of her, wherever it may stand. */
const TELLS =
  /maria|quit[ée]ria|13517391|961 ?234 ?567|Flores 7391|Ponteira|4000-739|3\.º Dto|para o Zé|campainha|Chá da casa|203\.0\.113\.9|411111|"1111"|last4:\d{4}|2030-12/gi;

const database = testDatabase();
let stage: Stage;
const keys = { created: crypto.randomUUID(), erased: crypto.randomUUID() };
let paid: string[];
let others: string;
let unpaid: string;
let mandate: string;
let plan: string;

beforeAll(async () => {
  const limits = {
    cardLimits: { perPayment: 90, perAddress: 90, perTerminal: 90 },
    phoneLimits: { most: 90, withinMinutes: 60 },
  };
  stage = await setStage({ methods: ["mbway", "multibanco", "card"], ...limits }, { database });
  const byPhone = (
    await stage.api(
      "POST",
      "/v1/payments",
      { amount: 550, currency: "EUR", reference: "order-a", ...OF_MARIA },
      { "idempotency-key": keys.created },
    )
  ).body.id;
  await askPhone(stage, byPhone, PHONE);
  await approve(stage, PHONE);
  const byReference = await createPayment(stage, OF_MARIA);
  await payAtAtm(stage, (await askReference(stage, byReference)).body.multibanco);
  others = await createPayment(stage, { ...OF_MARIA, customer: { ...customer, id: "somebody else", name: "Rui" } });
  mandate = await authorise(stage, PHONE, {
    limit: "50.00",
    validUntil: "2099-12-31",
    customer: { id: ID, name: "Maria Quitéria" },
    description: "Chá da casa",
    returnUrl: OF_MARIA.returnUrl,
    cancelUrl: OF_MARIA.cancelUrl,
  });
  plan = (await makePlan(stage, mandate, { every: "month", description: "Chá da casa", metadata: OF_MARIA.metadata }))
    .id;
  await stage.advance(2 * 86_400);
  const byPlan = (await stage.api("GET", `/v1/payments?plan=${plan}`)).body.data[0].id;
  const byCard = await createPayment(stage, { ...OF_MARIA, saveCard: true });
  await stage.api("POST", `/v1/payments/${byCard}/attempts`, {
    method: "card",
    card: { number: "4111111111111111", expiry: "12/30", code: "123", name: "Maria Quitéria" },
    browser: { language: "pt-PT", userAgent: "Quitéria's", ipAddress: "203.0.113.9" },
  });
  const [token] = (await stage.api("GET", `/v1/tokens?customer=${encodeURIComponent(ID)}`)).body.data;
  const byToken = await createPayment(stage, { ...OF_MARIA, token: token.id, initiator: "merchant" });
  unpaid = await createPayment(stage, OF_MARIA);
  paid = [byPhone, byReference, byCard, byToken, byPlan];
  await stage.api("POST", `/v1/payments/${byReference}/refunds`, { amount: 100 });
  await stage.settle();
  for (const id of paid) expect([id, (await read(stage, id)).status]).toEqual([id, "paid"]);
  await stage.pool.query(
    "insert into customer_mail (payment_id, what, address, network, at) values ($1, 'receipt', '\\x00', '203.0.113.9', $2)",
    [byPhone, new Date(stage.now())],
  );
});
afterAll(() => stage?.close());

const erase = (id = ID, headers = {}) =>
  stage.api("POST", `/v1/customers/${encodeURIComponent(id)}/erase`, undefined, headers);

/** What of her stands in which table of the server, those of somebody else left out. */
async function found(): Promise<string[]> {
  const { rows: tables } = await stage.pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'caravela'",
  );
  const all: string[] = [];
  for (const { name } of tables) {
    const { rows } = await stage.pool.query<{ row: string }>(
      `select to_jsonb(t)::text as row from caravela.${name} as t`,
    );
    for (const { row } of rows)
      if (!row.includes(others)) all.push(...(row.match(TELLS) ?? []).map((text) => `${name}: ${text}`));
  }
  return [...new Set(all)];
}

async function holds(): Promise<void> {
  const pool = createPool({ url: (await database).url, schema: "caravela", max: 1 });
  for await (const { id, differing, fault } of verify(pool))
    expect({ id, differing, fault }).toEqual({ id, differing: [], fault: null });
  await pool.end();
}

describe("erasing a customer", () => {
  it("is refused while anything of theirs is live, all of it named, and then nothing is changed", async () => {
    const held = await createPayment(stage, { ...OF_MARIA, capture: "manual" });
    await askPhone(stage, held, PHONE);
    await approve(stage, PHONE);
    const asked = await createPayment(stage, OF_MARIA);
    const { body: attempt } = await askPhone(stage, asked, PHONE);
    await stage.settle();
    const before = await found();
    const { status, body } = await erase();
    expect([status, body.type]).toEqual([409, "/problems/customer_live"]);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(
      [held, attempt.id, mandate, plan].sort(),
    );
    for (const { message } of body.errors) expect(message).toMatch(/: (wait|cancel|capture)/);
    expect(await found()).toEqual(before);
    expect(before.length).toBeGreaterThan(20);
    for (const row of ["card_try: 203.0.113.9", "customer_mail: 203.0.113.9", "search_term: last4:7391"])
      expect(before).toContain(row);
    await stage.api("POST", `/v1/payments/${held}/cancel`);
    await stage.api("POST", `/v1/mandates/${mandate}/cancel`);
    await stage.advance(7 * 60);
    paid.push(held, asked);
  });

  it("leaves nothing of them in any table, and their payments what they were", async () => {
    const sums = async () => {
      const all = await Promise.all([...paid, unpaid].map((id) => read(stage, id)));
      return all.map(
        ({
          customer: _c,
          description: _d,
          metadata: _m,
          returnUrl: _r,
          cancelUrl: _u,
          items: _i,
          attempts,
          ...rest
        }) => ({
          ...rest,
          attempts: attempts.map(({ mbway: _p, card: _k, ...one }: Record<string, unknown>) => one),
        }),
      );
    };
    const before = await sums();
    const { rows: facts } = await stage.pool.query("select subject_id, number, kind, at from fact order by 1, 2");
    const { status, body } = await erase(ID, { "idempotency-key": keys.erased });
    expect([status, body]).toEqual([200, { payments: 8, mandates: 1, savedCards: 1 }]);
    expect(await found()).toEqual([]);
    expect(await sums()).toEqual(before);
    const { rows: after } = await stage.pool.query(
      "select subject_id, number, kind, at from fact where kind <> 'customer_erased' order by 1, 2",
    );
    expect(after).toEqual(facts);
    await holds();
  });

  it("shows nulls from then on, in payments, mandates, plans, events, and to whoever asks again by the same key", async () => {
    const nothing = { customer: null, description: null, metadata: {}, returnUrl: null, cancelUrl: null, items: [] };
    for (const id of [...paid, unpaid]) {
      const { attempts, ...payment } = await read(stage, id);
      expect(payment).toMatchObject(nothing);
      expect(attempts.map(({ mbway, card }: Record<string, unknown>) => [mbway, card])).toEqual(
        attempts.map(() => [null, null]),
      );
    }
    expect(await readMandate(stage, mandate)).toMatchObject({
      status: "canceled",
      phone: null,
      customer: { id: null, name: null },
      description: null,
      returnUrl: null,
      plans: [{ id: plan, description: null, metadata: {}, charged: 1 }],
    });
    const { body } = await stage.api("GET", "/v1/events?limit=100");
    for (const { data } of body.data) if (data.payment?.id === paid[0]) expect(data.payment).toMatchObject(nothing);
    const again = await stage.api(
      "POST",
      "/v1/payments",
      { amount: 550, currency: "EUR", reference: "order-a", ...OF_MARIA },
      { "idempotency-key": keys.created },
    );
    expect([again.status, again.body]).toEqual([201, expect.objectContaining({ id: paid[0], ...nothing })]);
    expect((await erase(ID, { "idempotency-key": keys.erased })).body).toEqual({
      payments: 8,
      mandates: 1,
      savedCards: 1,
    });
    expect((await erase()).body).toEqual({ payments: 0, mandates: 0, savedCards: 0 });
    for (const path of [`payments/${paid[2]}`, `mandates/${mandate}`])
      for (const lang of ["pt", "en"]) {
        const journal = await stage.api("GET", `/v1/${path}/journal`, undefined, { "accept-language": lang });
        expect([journal.status, JSON.stringify(journal.body).match(TELLS)]).toEqual([200, null]);
      }
    for (const list of ["mandates", "tokens"])
      expect((await stage.api("GET", `/v1/${list}?customer=${encodeURIComponent(ID)}`)).body.data).toEqual([]);
  });

  it("closes their pages, and lets nobody pay what was unpaid, which ends by itself", async () => {
    const { payUrl } = await read(stage, unpaid);
    const { authorizeUrl, manageUrl } = await readMandate(stage, mandate);
    for (const url of [payUrl, `${payUrl}/view`, authorizeUrl, manageUrl])
      expect([url, (await fetch(url)).status]).toEqual([url, 404]);
    expect((await askPhone(stage, unpaid, "919999999")).body).toMatchObject({
      status: 409,
      type: "/problems/customer_erased",
    });
    await stage.advance(4 * 86_400);
    expect((await read(stage, unpaid)).status).toBe("expired");
  });

  it("lets money go back to them later, and SIBS say so, without knowing them again", async () => {
    for (const id of paid.slice(0, 4)) {
      const refund = await stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 50 });
      expect([refund.status, refund.body.status]).toEqual([201, "succeeded"]);
    }
    await stage.settle();
    expect((await read(stage, paid[0] ?? "")).amountRefunded).toBe(50);
    expect(await found()).toEqual([]);
    await holds();
  });

  it("knows a new payment of the same id as somebody's of whom nothing was known", async () => {
    const anew = await createPayment(stage, OF_MARIA);
    expect((await read(stage, anew)).customer).toMatchObject({ id: ID, name: "Maria Quitéria" });
    expect((await read(stage, others)).customer).toMatchObject({ id: "somebody else", name: "Rui" });
    expect((await erase()).body).toEqual({ payments: 1, mandates: 0, savedCards: 0 });
    expect(await found()).toEqual([]);
  });

  it.each([
    ["blank", "%20", 400],
    ["longer than any", "x".repeat(101), 400],
    ["as long as it may be, and of any letters", encodeURIComponent("🦋".repeat(50)), 200],
    ["of nobody", "nobody", 200],
  ])("takes any id that a payment takes: one that is %s", async (_what, id, status) => {
    const answer = await stage.api("POST", `/v1/customers/${id}/erase`);
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.body).toEqual({ payments: 0, mandates: 0, savedCards: 0 });
  });
});
