import { createHash } from "node:crypto";
import type pg from "pg";
import { checkoutBody } from "../../packages/gateway/testing/gateway.ts";
import type { Client, Json } from "./client.ts";
import { FIRST_KEY } from "./programs.ts";
import type { Caller, Known, Things } from "./things.ts";

/** Cards that their issuers approve, of numbers that stand nowhere by chance, and the code on the back of one. */
export const CARD = { number: "4539731826049589", code: "731" } as const;
/** One whose issuer asks for a challenge. */
const CHALLENGED = "4000000000000028";
export const CARD_NUMBERS: readonly string[] = [CARD.number, "5296174830259615", "374829163058274"];

const ROLES = ["owner", "refunder", "support", "accountant", "viewer"] as const;
const ANA = {
  id: "c9",
  name: "Ana Sousa",
  email: "ana@example.pt",
  billingAddress: { street1: "Rua 123", city: "Lisboa", postcode: "1200-999", country: "PT" },
};
const PHONES = ["919999999", "918888888", "960000003", "916000001", "913500001", "913500002"];

/** What is gathered while lives are led. */
class Gathered {
  readonly ids: Record<string, string[]> = {};
  readonly words: Record<"pay" | "authorize" | "manage", string[]> = { pay: [], authorize: [], manage: [] };
  readonly references: { entity: string; reference: string }[] = [];

  add(kind: string, ...ids: string[]): void {
    this.ids[kind] = [...(this.ids[kind] ?? []), ...ids];
  }
}

/** Leads real lives of everything there is, into every state; gives what came of it. */
export async function leadLives(client: Client, sql: pg.Client, terminals: readonly Known[]): Promise<Things> {
  const gathered = new Gathered();
  await leadPayments(client, gathered, PHONES[0] ?? "");
  await leadMandates(client, gathered);
  await keepBooks(client, gathered);
  const people = await signIn(sql, gathered);
  const keys = await handOutKeys(client, gathered);
  await leadElsewhere(client, gathered, keys.serra);
  await leadAtSibs(client, terminals[0] as Known);
  await askApproval(sql, gathered);
  await eraseOne(client, gathered);
  await client.settle();
  await listRest(client, gathered);
  const { transactions } = await client.sandbox("GET", "/transactions?limit=100");
  const secrets = [
    FIRST_KEY,
    ...keys.secrets,
    ...people.map(({ token }) => token),
    ...terminals.map(({ secret }) => secret),
  ];
  return {
    ids: gathered.ids,
    words: gathered.words,
    callers: [...callersBy(keys.callers), ...people.map(({ caller }) => caller)],
    recorded: client.recorded,
    webhookSecret: terminals[0]?.secret ?? "",
    terminals,
    transactions: transactions.map(({ transactionID }: Json) => transactionID),
    phones: PHONES,
    references: gathered.references,
    secrets: [...secrets, ...terminals.map(({ token }) => token)],
  };
}

const order = (changes: object = {}) => ({ amount: 550, currency: "EUR", reference: "order-17", ...changes });

async function pay(client: Client, gathered: Gathered, changes: object = {}, headers = {}): Promise<string> {
  const made = await client.api("POST", "/v1/payments", order(changes), headers);
  gathered.add("pay", made.id);
  gathered.words.pay.push(made.payUrl.split("/").at(-1));
  return made.id;
}

async function attempt(client: Client, gathered: Gathered, payment: string, body: object): Promise<Json> {
  const made = await client.api("POST", `/v1/payments/${payment}/attempts`, body);
  gathered.add("att", made.id);
  if (made.multibanco != null) gathered.references.push(made.multibanco);
  return made;
}

const byCard = (number: string) => ({
  method: "card",
  card: { number, expiry: "12/30", code: CARD.code, name: "Ana Sousa" },
  browser: { language: "pt-PT", userAgent: "a browser" },
});

async function leadPayments(client: Client, gathered: Gathered, phone: string): Promise<void> {
  await pay(client, gathered, { description: "Two mugs", metadata: { basket: "7" } });
  await attempt(client, gathered, await pay(client, gathered), { method: "mbway", phone: PHONES[1] });
  await attempt(client, gathered, await pay(client, gathered), { method: "multibanco" });
  const paid = await pay(client, gathered, { customer: { id: "c1", name: "Rui", phone } });
  await attempt(client, gathered, paid, { method: "mbway", phone });
  await client.sandbox("POST", `/phones/351%23${phone}/approve`);
  await client.settle();
  const refund = await client.api("POST", `/v1/payments/${paid}/refunds`, { amount: 100 });
  gathered.add("rfd", refund.id);
  const carded = await pay(client, gathered, { customer: ANA, saveCard: true });
  await attempt(client, gathered, carded, byCard(CARD.number));
  const held = await pay(client, gathered, { customer: ANA, capture: "manual" });
  await attempt(client, gathered, held, byCard(CARD.number));
  gathered.add(
    "cap",
    (await client.api("POST", `/v1/payments/${held}/capture`, { amount: 200 })).captures?.[0]?.id ?? "",
  );
  const asked = await attempt(client, gathered, await pay(client, gathered, { customer: ANA }), byCard(CHALLENGED));
  gathered.add("action", asked.action?.id ?? "");
  const canceled = await pay(client, gathered);
  await client.api("POST", `/v1/payments/${canceled}/cancel`);
  gathered.add("pay_paid", paid, carded);
}

async function leadMandates(client: Client, gathered: Gathered): Promise<void> {
  const ask = async (phone: string) => {
    const body = { phone, customer: { id: "c9", name: "Ana" }, type: "subscription", description: "Box" };
    const made = await client.api("POST", "/v1/mandates", body);
    gathered.add("man", made.id);
    gathered.words.authorize.push(made.authorizeUrl?.split("/").at(-1) ?? "");
    gathered.words.manage.push(made.manageUrl?.split("/").at(-1) ?? "");
    return made.id;
  };
  const active = await ask("913500001");
  await client.sandbox("POST", "/phones/351%23913500001/approve", { limit: "100.00" });
  await client.settle();
  const every = { days: 7 };
  for (const _ of [1, 2]) {
    const plan = await client.api("POST", `/v1/mandates/${active}/plans`, { amount: 990, currency: "EUR", every });
    gathered.add("plan", plan.id);
  }
  await ask("913500002");
  const ended = await ask("918888887");
  await client.api("POST", `/v1/mandates/${ended}/cancel`);
  const customer = { id: "c9", name: "Ana" };
  const charged = await pay(client, gathered, { customer });
  await attempt(client, gathered, charged, { method: "mandate", mandate: active });
}

async function keepBooks(client: Client, gathered: Gathered): Promise<void> {
  const endpoint = await client.api("POST", "/v1/event-endpoints", { url: "http://127.0.0.1:8/events" });
  gathered.add("ep", endpoint.id);
  const note = await client.api("POST", `/v1/payments/${gathered.ids.pay?.[0]}/notes`, { text: "Called." });
  gathered.add("note", note.id);
}

interface Person {
  readonly caller: Caller;
  readonly token: string;
}

/** Colleagues of each role, signed in, and one who is not any more. */
async function signIn(sql: pg.Client, gathered: Gathered): Promise<Person[]> {
  const people: Person[] = [];
  for (const role of ROLES) {
    const [id, session, token] = [known("op", role), known("ses", role), hexOf(`the cookie of a ${role}`).slice(0, 50)];
    await sql.query(
      `insert into caravela.operator (id, name, role, budgets, created_at) values ($1, $2, $3, '[]', now())`,
      [id, `A ${role}`, role],
    );
    await sql.query(
      `insert into caravela.session (id, hash, operator_id, created_at, seen_at, ends_at, touched_at)
       values ($1, $2, $3, now(), now(), now() + interval '12 hours', now())`,
      [session, createHash("sha256").update(token).digest(), id],
    );
    await sql.query(
      `insert into caravela.passkey (id, operator_id, credential, public_key, counter, transports, name, created_at)
       values ($1, $2, $3, $3, 0, '{}', 'A phone', now())`,
      [known("pky", role), id, createHash("sha256").update(role).digest()],
    );
    gathered.add("op", id);
    gathered.add("ses", session);
    gathered.add("pky", known("pky", role));
    const headers = [
      ["cookie", `__Host-caravela=${token}`],
      ["sec-fetch-site", "same-origin"],
    ] as const;
    people.push({ caller: { name: role, headers }, token });
  }
  return people;
}

/** Twenty characters that are always the same. */
function known(prefix: string, what: string): string {
  return `${prefix}_${hexOf(`${prefix} ${what}`).slice(0, 20)}`;
}

function hexOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Keys of less than all: for reading, for the other terminal, and one that is good no more. */
async function handOutKeys(client: Client, gathered: Gathered) {
  const make = async (name: string, more: object) => {
    const made = await client.api("POST", "/v1/keys", { name, scopes: ["payments:read"], ...more });
    gathered.add("key", made.id);
    return { id: made.id, secret: String(made.secret) };
  };
  const reader = await make("Reader", {});
  const all = ["payments:read", "payments:write", "refunds:write", "events", "reports"];
  const serra = await make("Serra", { scopes: all, terminal: "600001" });
  const revoked = await make("Revoked", {});
  await client.api("DELETE", `/v1/keys/${revoked.id}`);
  const keys = { "a key for reading": reader, "a key of the other terminal": serra, "a revoked key": revoked };
  const callers = Object.entries(keys).map(([name, { secret }]) => [name, secret] as const);
  return { callers, serra: serra.secret, secrets: callers.map(([, secret]) => secret) };
}

function callersBy(keys: readonly (readonly [name: string, secret: string])[]): Caller[] {
  return [["the shop's key", FIRST_KEY] as const, ...keys].map(([name, secret]) => ({
    name,
    headers: [["authorization", `Bearer ${secret}`]],
  }));
}

/** Something of another terminal. */
async function leadElsewhere(client: Client, gathered: Gathered, key: string): Promise<void> {
  await pay(client, gathered, {}, { authorization: `Bearer ${key}` });
}

/** What somebody begins at SIBS without a server of ours: a payment that is prepared, and one that is paid. */
async function leadAtSibs(client: Client, { token, clientId }: Known): Promise<void> {
  const bearer = { authorization: `Bearer ${token}`, "x-ibm-client-id": clientId };
  for (const call of ["", "mbway-id/purchase", "service-reference/generate"]) {
    const made = await client.spg("/api/v2/payments", checkoutBody(new Date(), {}), bearer);
    const digest = { authorization: `Digest ${made.transactionSignature}`, "x-ibm-client-id": clientId };
    const body = call.startsWith("mbway") ? { customerPhone: "351#917777777" } : {};
    if (call !== "") await client.spg(`/api/v2/payments/${made.transactionID}/${call}`, body, digest);
    await client.spg(`/sibs/spg/v2/payments/${made.transactionID}/status`, undefined, bearer);
  }
}

async function askApproval(sql: pg.Client, gathered: Gathered): Promise<void> {
  for (const payment of gathered.ids.pay_paid ?? []) {
    const id = known("apr", payment);
    await sql.query(
      `insert into caravela.approval (id, payment_id, terminal, amount, requested_by, created_at, expires_at)
       values ($1, $2, '52221', 100, $3, now(), now() + interval '7 days')`,
      [id, payment, JSON.stringify({ id: gathered.ids.op?.[1], name: "A refunder" })],
    );
    gathered.add("apr", id);
  }
}

async function eraseOne(client: Client, gathered: Gathered): Promise<void> {
  const erased = await pay(client, gathered, { customer: { id: "erased", name: "Nobody" } });
  await client.api("POST", `/v1/payments/${erased}/cancel`);
  await client.api("POST", "/v1/customers/erased/erase");
  gathered.add("customer", "erased", "c1", "c9");
}

/** What is known by lists alone. */
async function listRest(client: Client, gathered: Gathered): Promise<void> {
  const listed = async (kind: string, path: string) => {
    const { data } = await client.api("GET", path);
    gathered.add(kind, ...data.map(({ id }: Json) => String(id)));
  };
  await listed("evt", "/v1/events?limit=20");
  await listed("task", "/v1/tasks");
  await listed("tok", "/v1/tokens?customer=c9");
  await listed("rfd", "/v1/refunds");
  await listed("cap", "/v1/captures");
}
