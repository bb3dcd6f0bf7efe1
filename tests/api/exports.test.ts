import { lisbonDate } from "@caravela/platform/lisbon";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, payAtAtm, read } from "../support/actions.ts";
import { type CallsBy, makeKey } from "../support/keys.ts";
import type { Stage } from "../support/stage.ts";
import { CAIS, SERRA, setTwoShops } from "../support/two-shops.ts";

let stage: Stage;
/** Payments by what became of them. */
const made: Record<"open" | "paid" | "byReference" | "others", string> = {
  open: "",
  paid: "",
  byReference: "",
  others: "",
};
let refund = "";

beforeAll(async () => {
  ({ stage } = await setTwoShops());
  const customer = { id: "-c1", name: "Ana", email: "ana@example.pt", phone: "912345678" };
  made.open = await createPayment(stage, {
    reference: "=HYPERLINK(1)",
    description: 'Two "mugs", blue; one\nlid',
    customer,
  });
  made.paid = await createPayment(stage, { reference: "order-17", amount: 1250, customer: { id: "c1" } });
  made.byReference = await createPayment(stage, { reference: "order-18", amount: 99 });
  made.others = await createPayment(stage, { reference: "order-19", terminal: SERRA });
  await askPhone(stage, made.paid);
  await approve(stage);
  await payAtAtm(stage, (await askReference(stage, made.byReference)).body.multibanco, "0.99");
  await stage.advance(1);
  refund = (await stage.api("POST", `/v1/payments/${made.paid}/refunds`, { amount: 250 })).body.id;
});
afterAll(() => stage.close());

const exported = (path: string, headers = {}) => stage.api("GET", `/v1/exports/${path}`, undefined, headers);
async function rowsOf(path: string, delimiter = ","): Promise<Record<string, string>[]> {
  const { status, body } = await exported(path);
  expect(status).toBe(200);
  return rowsIn(body, delimiter);
}

function rowsIn(file: string, delimiter = ","): Record<string, string>[] {
  return parse(file, { columns: true, bom: true, delimiter });
}

it("a file of payments says what they are: in euros, in UTC and by the day in Lisbon, and of people nothing but their number", async () => {
  const rows = await rowsOf("payments.csv");
  expect(rows.map(({ id }) => id)).toEqual([made.others, made.byReference, made.paid, made.open]);
  const payment = await read(stage, made.paid);
  expect(rows[2]).toEqual({
    id: made.paid,
    reference: "order-17",
    status: "paid",
    amount: "12.50",
    amount_authorized: "12.50",
    amount_captured: "12.50",
    amount_released: "0.00",
    amount_refunded: "2.50",
    currency: "EUR",
    method: "mbway",
    terminal: CAIS,
    created_at: payment.createdAt,
    created_day: lisbonDate(Date.parse(payment.createdAt)),
    paid_at: payment.paidAt,
    paid_day: lisbonDate(Date.parse(payment.paidAt)),
    description: "",
    customer: "c1",
    mandate: "",
    plan: "",
    transaction: payment.attempts[0].transactionId,
    multibanco_entity: "",
    multibanco_reference: "",
    attention: "",
    in_doubt: "false",
  });
  const { multibanco } = (await read(stage, made.byReference)).attempts[0];
  expect(rows[1]).toMatchObject({ method: "multibanco", multibanco_reference: multibanco.reference });
  expect(rows[3]).toMatchObject({
    reference: "'=HYPERLINK(1)",
    description: 'Two "mugs", blue; one\nlid',
    customer: "'-c1",
    method: "",
    paid_at: "",
  });
  expect((await exported("payments.csv")).body).not.toMatch(/Ana|example\.pt|912345678/);
});

it("by a key that may not read who pays, a search finds by what stands in a file, and by nothing else", async () => {
  const reports = await makeKey(stage, ["reports"]);
  const found = async (api: CallsBy, name: string, q: string) => {
    const { status, body } = await api("GET", `/v1/exports/${name}.csv?q=${encodeURIComponent(q)}`);
    expect(status, `${name} ${q}`).toBe(200);
    return rowsIn(body).length;
  };
  const [attempt] = (await read(stage, made.byReference)).attempts;
  const known = ["order-18", made.paid, attempt.multibanco.reference, attempt.transactionId, "0.99"];
  // the customer's address and phone, and the phone that was asked
  const people = ["ana@example.pt", "ANA@example.pt", "5678", "*5678", "9999"];
  for (const name of ["payments", "events"]) {
    for (const q of known) expect(await found(reports.api, name, q), `${name} ${q}`).toBeGreaterThan(0);
    for (const q of people) {
      expect(await found(stage.api, name, q), `${name} ${q}`).toBeGreaterThan(0);
      expect(await found(reports.api, name, q), `${name} ${q}`).toBe(0);
    }
  }
  expect(await found(stage.api, "refunds", "9999")).toBe(1);
  expect(await found(reports.api, "refunds", "9999")).toBe(0);
  expect(await found(reports.api, "refunds", "order-17")).toBe(1);
  for (const scope of ["payments:read", "events"]) {
    const { api } = await makeKey(stage, ["reports", scope]);
    expect(await found(api, "payments", "ana@example.pt"), scope).toBe(1);
  }
});

it("a file of refunds says when each was done, and what it is of", async () => {
  const [row, ...others] = await rowsOf("refunds.csv?status=succeeded");
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    id: refund,
    payment: made.paid,
    reference: "order-17",
    reason: "requested",
    amount: "2.50",
    method: "mbway",
    terminal: CAIS,
    done_at: expect.stringMatching(/Z$/),
    done_day: lisbonDate(stage.now()),
  });
});

it("a file of events says of what each tells, and is the list that the same filters leave", async () => {
  const query = `payment=${made.paid}&type=payment.paid,refund.succeeded`;
  const rows = await rowsOf(`events.csv?${query}`);
  const listed = (await stage.api("GET", `/v1/events?${query}`)).body.data;
  expect(rows).toHaveLength(2);
  expect(rows.map(({ id }) => id)).toEqual(listed.map(({ id }: { id: string }) => id));
  expect(rows[1]).toEqual({
    id: listed[1].id,
    type: "payment.paid",
    payment: made.paid,
    mandate: "",
    sequence: String(listed[1].sequence),
    terminal: CAIS,
    created_at: listed[1].timestamp,
    created_day: lisbonDate(Date.parse(listed[1].timestamp)),
    undelivered: "false",
  });
  expect((await exported("events.csv?payment=")).status).toBe(400);
});

it.each([
  "",
  "status=paid",
  "status=paid,open&sort=created",
  "method=mbway",
  "q=order-17",
  "q=12,50",
  "customer=c1",
  "sort=paid",
  `terminal=${SERRA}`,
  "status=canceled",
  "created_from=2020-01-01&paid_from=2020-01-01",
])("is exactly the list that the same filters leave, in its order: ?%s", async (query) => {
  const list = (await stage.api("GET", `/v1/payments?${query}`)).body.data;
  const ids = list.map(({ id }: { id: string }) => id);
  expect((await rowsOf(`payments.csv?${query}`)).map(({ id }) => id)).toEqual(ids);
});

it("in Portuguese is what a spreadsheet there opens with the right sums", async () => {
  const { headers, body } = await exported("payments.csv?format=pt&status=paid");
  const name = `attachment; filename="payments-${lisbonDate(stage.now())}.csv"`;
  expect([headers.get("content-type"), headers.get("content-disposition")]).toEqual(["text/csv; charset=utf-8", name]);
  const file = await fetch(`${stage.server.url}/v1/exports/payments.csv?format=pt`, {
    headers: { authorization: "Bearer sk_test_stage" },
  });
  expect([...new Uint8Array(await file.arrayBuffer()).slice(0, 5)]).toEqual([0xef, 0xbb, 0xbf, 0x69, 0x64]);
  expect(body.split("\r\n")[1]).toMatch(/;order-18;paid;0,99;/);
  const rows = await rowsOf("payments.csv?format=pt&status=paid", ";");
  const cents = rows.map(({ amount = "" }) => Number(amount.replace(",", "")));
  expect(cents.reduce((sum, one) => sum + one)).toBe(1250 + 99);
});

it("needs a key for reports, and holds what is of its terminal alone", async () => {
  const key = async (scopes: string[]) => {
    const { body } = await stage.api("POST", "/v1/keys", { name: `${scopes} of one`, scopes, terminal: SERRA });
    return { authorization: `Bearer ${body.secret}` };
  };
  const refused = await exported("payments.csv", await key(["payments:read"]));
  expect([refused.status, refused.body.scope]).toEqual([403, "reports"]);
  const own = await key(["reports"]);
  const ids = async (path: string) => rowsIn((await exported(path, own)).body).map(({ id }) => id);
  expect(await ids("payments.csv")).toEqual([made.others]);
  expect(await ids("payments.csv?q=order-17")).toEqual([]);
  expect(await ids(`payments.csv?terminal=${CAIS}`)).toEqual([]);
  expect(await ids("refunds.csv")).toEqual([]);
});

it.each([
  ["format=xlsx&created_from=2026-02-30&limit=5", ["created_from", "format", "limit"]],
  ["after=x", ["after"]],
  ["format=", ["format"]],
])("what cannot be asked for is told as a list tells it: ?%s", async (query, fields) => {
  const { status, headers, body } = await exported(`payments.csv?${query}`);
  expect([status, headers.get("content-type")]).toEqual([400, "application/problem+json; charset=utf-8"]);
  expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(fields);
});
