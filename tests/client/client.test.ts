import { readFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Caravela, type CaravelaEvent, ProblemError } from "@caravela/client";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_TYPES, apiTypes } from "../../packages/client/types/print.ts";
import { approve, faults, payAtAtm } from "../support/actions.ts";
import type { Json } from "../support/json.ts";
import { keepFromMidnight } from "../support/midnight.ts";
import { listen } from "../support/shop.ts";
import { API_KEY, type Stage } from "../support/stage.ts";
import { SERRA, setTwoShops } from "../support/two-shops.ts";
import { compiled, layOut, RECIPES } from "./recipes.ts";

/** An event as it was posted to the shop. */
interface Posted {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

let stage: Stage;
let shop: Server;
let caravela: Caravela;
const posted: Posted[] = [];
let secret: string;

const clientBy = (apiKey: string) => new Caravela({ baseUrl: stage.server.url, apiKey });

beforeAll(async () => {
  ({ stage } = await setTwoShops());
  await keepFromMidnight(stage);
  caravela = clientBy(API_KEY);
  shop = createServer(async (request, response) => {
    posted.push({ body: await text(request), headers: request.headers });
    response.writeHead(204).end();
  });
  const endpoint = await caravela.endpoints.create({ url: await listen(shop), types: ["*"] });
  secret = endpoint.secret ?? "";
});

afterAll(async () => {
  shop.close();
  await stage.close();
});

/** The events that told of a payment, each verified. */
async function eventsOf(payment: string): Promise<CaravelaEvent[]> {
  const events = await Promise.all(posted.map(({ body, headers }) => caravela.events.verify(body, headers, secret)));
  return events.filter((event) => "payment" in event.data && (event.data.payment as Json).id === payment);
}

/** A payment of 50 €, paid by Multibanco. */
async function pay() {
  const { id } = await caravela.payments.create({ amount: 5000, currency: "EUR", reference: crypto.randomUUID() });
  const { multibanco } = await caravela.attempts.start(id, { method: "multibanco" });
  if (multibanco === null) throw new Error("there is no reference");
  await payAtAtm(stage, multibanco, "50.00");
  await stage.settle();
  return { id, reference: multibanco.reference };
}

describe("the client", () => {
  it("has the types that the server's description gives it: `npm run api-types` writes them anew", async () => {
    const { body } = await stage.api("GET", "/openapi.json");
    expect(await readFile(API_TYPES, "utf8")).toBe(await apiTypes(body));
  });

  it("has a method for each operation that a key may call, and for no other", async () => {
    const called: string[] = [];
    const fetch = async (url: unknown, { method }: RequestInit = {}) => {
      called.push(`${method} ${new URL(String(url)).pathname.replaceAll(/\/[ab](?=\/|$)/g, "/{}")}`);
      return Response.json({ data: [], hasMore: false, next: null });
    };
    const asked = new Caravela({ baseUrl: "http://pay.example", apiKey: "sk", fetch });
    for (const resource of Object.values(asked)) {
      const methods =
        typeof resource === "string" ? {} : Object.getOwnPropertyDescriptors(Object.getPrototypeOf(resource));
      for (const [name, { value }] of Object.entries(methods))
        if (name !== "constructor") await value.call(resource, "a", "b");
    }
    const { paths }: { paths: Record<string, Record<string, { security: object[] }>> } = (
      await stage.api("GET", "/openapi.json")
    ).body;
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { security }]) => security.some((one) => "apiKey" in one))
        .map(([method]) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, "{}")}`),
    );
    expect(called.sort()).toEqual(described.sort());
  });

  it("runs a payment from end to end, and verifies the events that tell of it", async () => {
    const reference = `order-${crypto.randomUUID()}`;
    const wanted = { amount: 550, currency: "EUR", reference, description: "Two mugs" } as const;
    const twice = await Promise.all([1, 2].map(() => caravela.payments.create(wanted, { idempotencyKey: reference })));
    const id = twice[0]?.id ?? "";
    expect(new Set(twice.map((payment) => payment.id)).size).toBe(1);

    const attempt = await caravela.attempts.start(id, { method: "mbway", phone: "919 999 999" });
    expect([attempt.status, attempt.mbway?.phone]).toEqual(["pending", "351#*****9999"]);
    await approve(stage);
    await stage.settle();
    expect(await caravela.payments.retrieve(id)).toMatchObject({ status: "paid", amountCaptured: 550 });
    expect((await caravela.payments.list({ q: reference })).data.map((payment) => payment.id)).toEqual([id]);
    const { data: journal } = await caravela.payments.journal(id, { language: "pt" });
    expect(journal.find(({ kind }) => kind === "attempt_approved")?.text).toBe("Foram pagos 5,50\u00a0€.");

    const tooMuch = await caravela.refunds.create(id, { amount: 551 }).catch((error: unknown) => error);
    expect(tooMuch).toBeInstanceOf(ProblemError);
    expect(tooMuch).toMatchObject({
      code: "refund_exceeds_captured",
      errors: [{ field: "/amount", message: "At most 550 cents can still be refunded." }],
    });
    expect(await caravela.refunds.create(id, { amount: 100 })).toMatchObject({ amount: 100, status: "succeeded" });
    await stage.settle();

    const events = await eventsOf(id);
    const types = ["payment.created", "payment.pending", "payment.paid", "refund.created", "refund.succeeded"];
    expect(events.map(({ type }) => type)).toEqual(types);
    const [paid] = events.filter((event) => event.type === "payment.paid");
    expect(paid?.data.payment.amountCaptured).toBe(550);
    const [back] = events.filter((event) => event.type === "refund.succeeded");
    expect(back?.data.refund.amount).toBe(100);
    const listed: string[] = [];
    for await (const { type } of caravela.events.list({ payment: id, limit: 2 })) listed.push(type);
    expect(listed).toEqual(types.toReversed());
    expect(await caravela.events.resend(paid?.id ?? "")).toMatchObject({ type: "payment.paid" });
  });

  it("is told what its key may not, and takes the key that takes its place", async () => {
    const key = await caravela.keys.create({ name: "Till 1", scopes: ["payments:read"] });
    const till = clientBy(key.secret ?? "");
    await expect(till.refunds.create("pay_1")).rejects.toMatchObject({ status: 403, code: "scope_missing" });
    await expect(clientBy("sk_nobody").payments.list()).rejects.toMatchObject({ status: 401, code: "unauthorized" });
    const rolled = await caravela.keys.roll(key.id, { overlapHours: 1 });
    for (const one of [till, clientBy(rolled.secret ?? "")])
      expect((await one.payments.list()).data).toBeInstanceOf(Array);
    await caravela.keys.revoke(key.id);
    await expect(till.payments.list()).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("does what a till and an accountant do: a limit of refunds, a refund in doubt, the books of a day", async () => {
    const scopes = ["payments:read", "refunds:write"] as const;
    const till = clientBy((await caravela.keys.create({ name: "Till 2", scopes, refundLimit: 2000 })).secret ?? "");
    const books = clientBy((await caravela.keys.create({ name: "Books", scopes: ["reports"] })).secret ?? "");
    const [order, other] = [await pay(), await pay()];
    const readOut = order.reference.replace(/(\d{3})(?=\d)/g, "$1 ");
    expect((await till.payments.list({ q: readOut })).data.map(({ id }) => id)).toEqual([order.id]);

    await expect(till.refunds.create(order.id, { amount: 2100 })).rejects.toMatchObject({ problem: { left: 2000 } });
    await till.refunds.create(order.id, { amount: 1200 });
    await expect(till.refunds.create(other.id, { amount: 900 })).rejects.toMatchObject({ code: "refund_limit" });

    // a refund whose answer is lost, and of which SIBS cannot be asked for a while
    await faults(stage, { refund: { dropAnswer: 1 }, status: { http: { 503: 1 } } }, { drop: 1 });
    const lost = await till.refunds.create(order.id, { amount: 300 });
    await stage.advance(360);
    await faults(stage, {});
    const { data: tasks } = await till.tasks.list({ limit: 100 });
    expect(tasks.find(({ subject }) => subject === order.id)?.kind).toBe("operation_in_doubt");
    const settled = await caravela.operations.settle(lost.id, { outcome: "done", note: "SIBS Backoffice shows it." });
    expect([lost.status, settled.status]).toEqual(["in_doubt", "succeeded"]);

    const [{ day } = { day: "" }] = (await books.summaries.days()).data;
    const { data: sums } = await books.summaries.days({ from: day, to: day });
    const columns = { payments: "amount_captured", refunds: "amount" } as const;
    const summed = async (name: keyof typeof columns) => {
      const file = await books.exports[name]({ paid_from: day, paid_to: day, sort: "paid" });
      const rows: Record<string, string>[] = parse(file, { columns: true });
      return rows.reduce((sum, row) => sum + Math.round(Number(row[columns[name]]) * 100), 0);
    };
    const total = (of: "taken" | "refunded") => sums.reduce((sum, one) => sum + one[of], 0);
    expect([total("taken"), total("refunded")]).toEqual([10_550, 1_600]);
    expect([await summed("payments"), await summed("refunds")]).toEqual([10_550, 1_600]);

    const terminal = { name: "The other shop", scopes: ["payments:read"], terminal: SERRA } as const;
    const others = clientBy((await caravela.keys.create(terminal)).secret ?? "");
    await expect(others.payments.retrieve(order.id)).rejects.toMatchObject({ code: "not_found" });
    expect((await others.payments.list({ q: readOut })).data).toEqual([]);
  });
});

describe("docs/shops.md", () => {
  const shops = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  let folder: string;

  beforeAll(async () => {
    Object.assign(process.env, {
      CARAVELA_URL: stage.server.url,
      CARAVELA_API_KEY: API_KEY,
      CARAVELA_EVENTS_SECRET: shops,
    });
    folder = await layOut();
  });
  afterAll(() => {
    for (const name of ["CARAVELA_URL", "CARAVELA_API_KEY", "CARAVELA_EVENTS_SECRET"]) delete process.env[name];
  });

  it("compiles", async () => {
    expect(await compiled(folder)).toBe("");
  });

  it.each(Object.keys(RECIPES))("takes a payment in %s, and believes none but signed events", async (framework) => {
    const { orders, paid } = await import(join(folder, "orders.ts"));
    const number = `order-${framework}`;
    orders.set(number, { number, cents: 550, title: "Two mugs" });
    const { url, close } = await (RECIPES[framework] as (typeof RECIPES)[string])(folder);
    try {
      const { id } = await caravela.endpoints.create({ url: `${url}/events`, types: ["payment.paid"], secret: shops });
      const press = (order: string) => fetch(`${url}/orders/${order}/pay`, { method: "POST", redirect: "manual" });
      const [answer, again] = [await press(number), await press(number)];
      const [payment] = (await caravela.payments.list({ reference: number })).data;
      expect([answer.status, answer.headers.get("location")]).toEqual([303, payment?.payUrl]);
      expect(again.headers.get("location")).toBe(payment?.payUrl);
      expect((await press("order-1")).status).toBe(404);

      const headers = { "content-type": "application/json", "webhook-id": "evt_1", "webhook-signature": "v1,AAAA" };
      const at = { "webhook-timestamp": String(Math.floor(Date.now() / 1000)) };
      const forged = JSON.stringify({ type: "payment.paid", data: { payment: { reference: number } } });
      const post = (init: object) => fetch(`${url}/events`, { method: "POST", ...init });
      const refused = [
        await post({}),
        await post({ body: forged }),
        await post({ body: forged, headers: { ...headers, ...at } }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([401, 401, 401]);
      expect(paid.has(number)).toBe(false);

      await caravela.attempts.start(payment?.id ?? "", { method: "mbway", phone: "919 999 999" });
      await approve(stage);
      await stage.settle();
      expect(paid.has(number)).toBe(true);
      expect((await caravela.endpoints.list()).data.find((one) => one.id === id)?.deliveries).toMatchObject({
        delivered: 1,
      });
      await caravela.endpoints.delete(id);
    } finally {
      await close();
    }
  });
});
