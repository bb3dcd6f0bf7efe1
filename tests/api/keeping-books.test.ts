import { lisbonDate } from "@caravela/platform/lisbon";
import { parse } from "csv-parse/sync";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { askPhone, askReference, createPayment, faults, payAtAtm, read } from "../support/actions.ts";
import type { Json } from "../support/json.ts";
import { callingBy, type MadeKey, makeKey } from "../support/keys.ts";
import { keepFromMidnight } from "../support/midnight.ts";
import type { Stage } from "../support/stage.ts";
import { CAIS, SERRA, setTwoShops } from "../support/two-shops.ts";

/** A phone that approves at once. */
const QUICK = "960000001";

let stage: Stage;
/** What the shop's people have: each of one shop alone. */
let till: MadeKey;
let books: MadeKey;
let clerk: MadeKey;
let others: MadeKey;

beforeAll(async () => {
  ({ stage } = await setTwoShops());
  await keepFromMidnight(stage);
  const ofCais = (scopes: string[], changes = {}) => makeKey(stage, scopes, { terminal: CAIS, ...changes });
  till = await ofCais(["payments:read", "refunds:write"], { refundLimit: 2000 });
  books = await ofCais(["reports"]);
  clerk = await ofCais(["payments:read", "payments:write", "refunds:write"]);
  others = await makeKey(stage, ["payments:read", "payments:write", "refunds:write", "reports"], { terminal: SERRA });
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

async function paid(amount: number, changes: object = {}): Promise<string> {
  const id = await createPayment(stage, { amount, ...changes });
  await askPhone(stage, id, QUICK);
  await stage.settle();
  return id;
}

const ok = async (key: MadeKey, path: string, headers: Record<string, string> = {}) => {
  const { status, body } = await key.api("GET", path, undefined, headers);
  expect(status, path).toBe(200);
  return body;
};
const refund = (key: MadeKey, payment: string, amount: number) =>
  key.api("POST", `/v1/payments/${payment}/refunds`, { amount });
const idsOf = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);

/** A file as a spreadsheet reads it. */
async function fileOf(key: MadeKey, path: string, delimiter = ","): Promise<Record<string, string>[]> {
  return parse(await ok(key, `/v1/exports/${path}`), { columns: true, bom: true, delimiter });
}

/** A column, added up in cents. */
function summed(rows: readonly Record<string, string>[], column: string): number {
  return rows.reduce((sum, row) => sum + Number((row[column] ?? "").replace(/[.,]/, "")), 0);
}

it("leads from the reference that a customer reads out to the books of the day, each step by a key that may do no more", async () => {
  const order = await createPayment(stage, { amount: 5000, reference: "order-of-tea", terminal: CAIS });
  const { multibanco } = (await askReference(stage, order)).body;
  await payAtAtm(stage, multibanco, "50.00");
  const other = await paid(3000, { terminal: CAIS });
  const elsewhere = await paid(700, { terminal: SERRA });
  await createPayment(stage, { amount: 5000, terminal: CAIS });

  const grouped = multibanco.reference.replace(/(\d{3})(?=\d)/g, "$1 ");
  expect(grouped).toMatch(/^\d{3} \d{3} \d{3}$/);
  for (const readOut of [grouped, ` ${multibanco.entity} ${grouped}`, multibanco.reference]) {
    expect(idsOf(await ok(till, `/v1/payments?q=${encodeURIComponent(readOut)}`))).toEqual([order]);
  }

  const { data: lines } = await ok(till, `/v1/payments/${order}/journal`, { "Accept-Language": "pt" });
  expect(lines.map(({ kind }: { kind: string }) => kind)).toEqual(expect.arrayContaining(["attempt_approved"]));
  expect(lines[0]).toMatchObject({
    number: 1,
    text: "Foi pedido um pagamento de 50,00\u00a0€: encomenda order-of-tea.",
  });

  const refused = (of: string, left: number) => ({ status: 403, body: { type: "/problems/refund_limit", of, left } });
  expect(await refund(till, order, 2100)).toMatchObject(refused("payment", 2000));
  expect(await refund(till, order, 1200)).toMatchObject({ status: 201, body: { status: "succeeded" } });
  expect(await refund(till, order, 900)).toMatchObject(refused("payment", 800));
  expect(await refund(till, other, 900)).toMatchObject(refused("day", 800));
  expect(await refund(till, other, 800)).toMatchObject({ status: 201, body: { status: "succeeded" } });
  expect(await refund(till, order, 1)).toMatchObject(refused("day", 0));
  expect((await read(stage, order)).amountRefunded).toBe(1200);
  expect((await refund(others, elsewhere, 50)).status).toBe(201);

  const day = lisbonDate(stage.now());
  const moved = `paid_from=${day}&paid_to=${day}&sort=paid`;
  const { data: sums } = await ok(books, `/v1/summaries/days?from=${day}&to=${day}`);
  const total = (column: "taken" | "refunded") => sums.reduce((sum: number, one: Json) => sum + Number(one[column]), 0);
  expect([total("taken"), total("refunded")]).toEqual([8000, 2000]);
  for (const [format, delimiter, refunded] of [
    ["plain", ",", "12.00"],
    ["pt", ";", "12,00"],
  ] as const) {
    const payments = await fileOf(books, `payments.csv?${moved}&format=${format}`, delimiter);
    expect(payments.map(({ id }) => id).sort()).toEqual([order, other].sort());
    expect(payments.find(({ id }) => id === order)).toMatchObject({
      multibanco_reference: multibanco.reference,
      paid_day: day,
      amount_refunded: refunded,
    });
    const refunds = await fileOf(books, `refunds.csv?${moved}&status=succeeded&format=${format}`, delimiter);
    expect(summed(payments, "amount_captured")).toBe(total("taken"));
    expect(summed(refunds, "amount")).toBe(total("refunded"));
    for (const { method, taken, refunded: back } of sums) {
      const by = (rows: Record<string, string>[]) => rows.filter((row) => row.method === method);
      expect([summed(by(payments), "amount_captured"), summed(by(refunds), "amount")], method).toEqual([taken, back]);
    }
  }

  // the other shop finds nothing of it, sums it up nowhere, and has its own
  expect(idsOf(await ok(others, `/v1/payments?q=${encodeURIComponent(grouped)}`))).toEqual([]);
  for (const path of [`/v1/payments/${order}`, `/v1/payments/${order}/journal`])
    expect((await others.api("GET", path)).body.type).toBe("/problems/not_found");
  expect((await refund(others, order, 1)).status).toBe(404);
  expect((await fileOf(others, `payments.csv?${moved}`)).map(({ id }) => id)).toEqual([elsewhere]);
  expect((await ok(others, `/v1/summaries/days?from=${day}&to=${day}`)).data).toMatchObject([
    { terminal: SERRA, taken: 700, refunded: 50 },
  ]);
});

it("a refund whose answer was lost stands among the tasks of its shop, and is settled by the call that is named there", async () => {
  const id = await paid(1000, { terminal: CAIS });
  const ofIt = async (key: MadeKey) =>
    (await ok(key, "/v1/tasks")).data.filter(({ subject }: { subject: string }) => subject === id);
  await faults(stage, { refund: { dropAnswer: 1 }, status: { http: { 503: 1 } } }, { drop: 1 });
  const { body: lost } = await refund(clerk, id, 400);
  expect(lost.status).toBe("in_doubt");
  await stage.advance(360);
  const [task, ...more] = await ofIt(clerk);
  expect([task, more, await ofIt(others)]).toMatchObject([{ kind: "operation_in_doubt" }, [], []]);
  await faults(stage, {});
  const [call] = task.actions;
  const body = { outcome: "done", note: "SIBS Backoffice shows it." };
  expect((await others.api(call.method, call.path, body)).status).toBe(404);
  const settled = await clerk.api(call.method, call.path, body);
  expect(settled).toMatchObject({
    status: 200,
    body: { id: lost.id, status: "succeeded", settled: { by: { id: clerk.id } } },
  });
  expect([await ofIt(clerk), (await read(stage, id)).amountRefunded]).toEqual([[], 400]);
});

it("a key is rolled while it is used, to read and to write: by the old secret and by the new one every answer is given", async () => {
  const key = await makeKey(stage, ["payments:read", "payments:write"], { terminal: CAIS });
  const answers: number[] = [];
  const secrets = [key.secret];
  let isOver = false;
  const client = async (place: number) => {
    for (let n = 0; !isOver; n += 1) {
      // some go on with the first secret, some take the new one when they hear of it
      const api = callingBy(stage, (place % 2 === 0 ? secrets[0] : secrets.at(-1)) ?? "");
      const order = { amount: 100, currency: "EUR", reference: `rolled-${place}-${n}` };
      answers.push((await api("POST", "/v1/payments", order)).status);
      answers.push((await api("GET", `/v1/payments?reference=${order.reference}`)).status);
    }
  };
  const clients = Promise.all(Array.from({ length: 6 }, (_, place) => client(place)));
  const more = async (count: number) => {
    const before = answers.length;
    await expect.poll(() => answers.length).toBeGreaterThan(before + count);
  };
  await more(12);
  const rolled = await stage.api("POST", `/v1/keys/${key.id}/roll`, { overlapHours: 2 });
  secrets.push(rolled.body.secret);
  await more(36);
  isOver = true;
  await clients;
  expect(answers.filter((status) => status !== 200 && status !== 201)).toEqual([]);
  await stage.advance(2 * 3600 + 1);
  const now = await Promise.all(secrets.map((secret) => callingBy(stage, secret)("GET", "/v1/payments")));
  expect(now.map(({ status }) => status)).toEqual([401, 200]);
});
