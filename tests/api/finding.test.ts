import { lisbonDate } from "@caravela/platform/lisbon";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, payAtAtm, read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { described, readDescription } from "./described.ts";

let stage: Stage;
let faults: string[];
/** Payments by what became of them. */
const made: Record<"open" | "paid" | "byReference" | "held", string> = {
  open: "",
  paid: "",
  byReference: "",
  held: "",
};
let reference = { entity: "", reference: "" };
let transaction = "";

beforeAll(async () => {
  const plain = await setStage({ methods: ["mbway", "multibanco", "card"] });
  ({ stage, faults } = described(plain, await readDescription(plain)));
  made.open = await createPayment(stage, { reference: "Encomenda-1", customer: { id: "c1", email: "Ana@Example.pt" } });
  made.paid = await createPayment(stage, { reference: "order_17%", amount: 1250, customer: { id: "c1" } });
  made.byReference = await createPayment(stage, { reference: "order-18" });
  made.held = await createPayment(stage, { reference: "order-19", amount: 990, capture: "manual" });
  const { body } = await askReference(stage, made.byReference);
  reference = body.multibanco;
  await payAtAtm(stage, reference);
  await stage.advance(1);
  await askPhone(stage, made.paid);
  await approve(stage);
  await stage.advance(1);
  await askPhone(stage, made.held, "910000123");
  await approve(stage, "910000123");
  await stage.advance(1);
  transaction = (await read(stage, made.paid)).attempts[0].transactionId;
});
afterAll(() => stage.close());
afterEach(() => expect(faults.splice(0)).toEqual([]));

async function found(query: string): Promise<string[]> {
  const { status, body } = await stage.api("GET", `/v1/payments?${query}`);
  expect([status, body.errors]).toEqual([200, undefined]);
  const names = new Map(Object.entries(made).map(([name, id]) => [id, name]));
  return body.data.map(({ id }: { id: string }) => names.get(id) ?? id);
}
const today = () => lisbonDate(stage.now());
const q = (words: string) => `q=${encodeURIComponent(words)}`;

describe("a list of payments is filtered", () => {
  it.each([
    ["status=paid,authorized", ["held", "byReference", "paid"]],
    ["status=open", ["open"]],
    ["method=mbway", ["held", "paid"]],
    ["method=multibanco,card", ["byReference"]],
    ["method=mbway&status=paid", ["paid"]],
    ["customer=c1", ["paid", "open"]],
    ["customer=c1&status=paid", ["paid"]],
    ["amount=1250", ["paid"]],
    ["amount=1250&status=open", []],
    ["attention=true", []],
    ["attention=false&customer=c1", ["paid", "open"]],
    ["in_doubt=false&amount=990", ["held"]],
    ["in_doubt=true", []],
    ["reference=order-19", ["held"]],
    ["reference=ORDER-19", []],
    ["sort=paid", ["paid", "byReference"]],
    ["sort=paid&method=multibanco", ["byReference"]],
    ["sort=paid&customer=c1", ["paid"]],
  ])("by ?%s", async (query, ids) => {
    expect(await found(query)).toEqual(ids);
  });

  it("by when it was created and paid: a day in Lisbon is the whole of it, a moment is that moment", async () => {
    const { createdAt, paidAt } = await read(stage, made.paid);
    expect(await found(`created_from=${today()}&created_to=${today()}`)).toHaveLength(4);
    expect(await found(`paid_from=${today()}`)).toEqual(["byReference", "paid"]);
    expect(await found(`paid_from=${today()}&sort=paid`)).toEqual(["paid", "byReference"]);
    expect(await found(`created_from=${createdAt}&created_to=${createdAt}`)).toEqual(["paid"]);
    expect(await found(`paid_from=${paidAt}&paid_to=9999-12-31`)).toEqual(["paid"]);
    const summer = new Date(Date.parse(paidAt) + 3_600_000).toISOString().replace("Z", "+01:00");
    expect(await found(`paid_from=${summer}&paid_to=${encodeURIComponent(summer)}`)).toEqual(["paid"]);
    expect(await found("created_to=2020-01-01")).toEqual([]);
    expect(await found("created_from=2099-01-01T00:00:00Z")).toEqual([]);
  });

  it("page by page, in each order, and goes on where it was whatever is paid meanwhile", async () => {
    for (const query of ["sort=paid", "status=paid,open,authorized,pending", "customer=c1"]) {
      const ids: string[] = [];
      for (let next: string | null = ""; next !== null; ) {
        const { body } = await stage.api("GET", `/v1/payments?${query}&limit=1${next && `&after=${next}`}`);
        ids.push(...body.data.map(({ id }: { id: string }) => id));
        next = body.next;
      }
      const all = (await stage.api("GET", `/v1/payments?${query}`)).body.data;
      expect(ids).toEqual(all.map(({ id }: { id: string }) => id));
      expect(ids.length).toBeGreaterThan(1);
    }
  });
});

describe("a search", () => {
  it("finds by what a customer reads out", async () => {
    expect(await found(q("order-18"))).toEqual(["byReference"]);
    expect(await found(q("ENCOMENDA-1"))).toEqual(["open"]);
    expect(await found(q(made.open))).toEqual(["open"]);
    expect(await found(q(transaction))).toEqual(["paid"]);
    expect(await found(q(reference.reference))).toEqual(["byReference"]);
    const { entity, reference: digits } = reference;
    expect(await found(q(`${entity} ${digits.replace(/(\d{3})(?=\d)/g, "$1 ")}`))).toEqual(["byReference"]);
    expect(await found(q("9999"))).toEqual(["paid"]);
    expect(await found(q("0123"))).toEqual(["held"]);
    expect(await found(q(" ana@EXAMPLE.pt "))).toEqual(["open"]);
    expect(await found(q("12,50"))).toEqual(["paid"]);
    expect(await found(q(`9.90 € ${today()}`))).toEqual(["held"]);
    expect(await found(q("9.90 € 2020-01-01"))).toEqual([]);
  });

  it("finds an attempt, an operation and an event by their identifiers", async () => {
    const { attempts } = await read(stage, made.paid);
    expect(await found(q(attempts[0].id))).toEqual(["paid"]);
    const { body } = await stage.api("POST", `/v1/payments/${made.paid}/refunds`, { amount: 50 });
    expect(await found(q(body.id))).toEqual(["paid"]);
    const events = (await stage.api("GET", "/v1/events?limit=1")).body.data;
    expect(await found(q(events[0].id))).toEqual(["paid"]);
  });

  it("takes every sign as it is, and is narrowed by the filters beside it", async () => {
    for (const words of ["%", "_", "order%", "order-1_", "\\", "'", "ana", "999"])
      expect(await found(q(words))).toEqual([]);
    expect(await found(q("order_17%"))).toEqual(["paid"]);
    expect(await found(`${q("9999")}&status=open`)).toEqual([]);
    expect(await found(`${q("9999")}&sort=paid`)).toEqual(["paid"]);
    expect(await found(`${q("order-18")}&method=mbway`)).toEqual([]);
  });

  it("finds what was made a moment ago, by what is known of it since then", async () => {
    const id = await createPayment(stage, { reference: "just now", customer: { phone: "+351 912 345 678" } });
    expect(await found(q("JUST NOW"))).toEqual([id]);
    expect(await found(q("5678"))).toEqual([id]);
    const { body } = await askReference(stage, id);
    expect(await found(q(body.multibanco.reference))).toEqual([id]);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    expect(await found(`${q("just now")}&status=canceled`)).toEqual([id]);
  });
});

describe("what cannot be asked for", () => {
  it.each([
    ["created_from=2026-02-30", ["created_from"]],
    ["created_from=yesterday&paid_to=2026-11-27T10:00:00", ["created_from", "paid_to"]],
    ["created_from=2026-11-28&created_to=2026-11-27", ["created_from", "created_to"]],
    ["created_from=2026-11-28&paid_to=2026-11-27", ["paid_to"]],
    ["status=open,nonsense", ["status"]],
    ["status=open,", ["status"]],
    ["method=cash", ["method"]],
    ["sort=paid&status=open", ["status"]],
    ["sort=amount", ["sort"]],
    ["amount=5.50", ["amount"]],
    ["attention=maybe", ["attention"]],
    ["q=%00", ["q"]],
    ["q=%20&status=x&limit=0&nonsense=1&created_from=x", ["created_from", "limit", "nonsense", "q", "status"]],
  ])("?%s is told field by field, all at once", async (query, fields) => {
    const answer = await stage.api("GET", `/v1/payments?${query}`);
    expect([answer.status, answer.body.type]).toEqual([400, "/problems/invalid_request"]);
    expect(answer.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(fields);
  });
});

describe("what a server of the release before has written", () => {
  it("is found as soon as somebody looks, as it is then", async () => {
    const id = await createPayment(stage, { reference: "of before", amount: 4321 });
    await stage.pool.query("delete from listed_payment where id = $1", [id]);
    await stage.pool.query("delete from search_term where subject_id = $1", [made.paid]);
    await stage.pool.query("update payment set listed_in_full = null where id = any($1)", [[id, made.paid]]);
    expect(await found("amount=4321")).toEqual([id]);
    expect(await found(q("9999"))).toContain("paid");
    const { rows } = await stage.pool.query("select 1 from payment where listed_in_full is distinct from version");
    expect(rows).toEqual([]);
  });
});
