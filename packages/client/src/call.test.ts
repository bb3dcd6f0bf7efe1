import { describe, expect, it } from "vitest";
import { type Arrived, json } from "../../sibs/src/testing/scripted-server.ts";
import { against, apiKey, create, input, keysOf, payment, problem } from "./testing/against.ts";

describe("a call", () => {
  it("is sent with the key, what is asked for, and an idempotency key of its own", async () => {
    const { answer, arrived } = await against([json(201, payment)], async (caravela) => [
      await create(caravela),
      await create(caravela),
    ]);
    expect(answer).toEqual([payment, payment]);
    const [{ method, url, headers, body }] = arrived as [Arrived];
    expect([method, url, JSON.parse(body)]).toEqual(["POST", "/api/v2/v1/payments", input]);
    expect(headers).toMatchObject({ authorization: `Bearer ${apiKey}`, "content-type": "application/json" });
    expect(new Set(keysOf(arrived)).size).toBe(2);
  });

  it("is sent with the caller's own idempotency key, and in their language; one that only reads needs none", async () => {
    const { arrived } = await against([json(200, payment)], async (caravela) => {
      await caravela.refunds.create("pay_1", undefined, { idempotencyKey: "order-17-refund-1" });
      await caravela.payments.journal("pay_1", { language: "pt" });
      await caravela.payments.list({ reference: "order 17&status=paid", limit: 1, status: undefined });
    });
    expect(keysOf(arrived)).toEqual(["order-17-refund-1", undefined, undefined]);
    expect(arrived.map(({ url }) => url.replace("/api/v2", ""))).toEqual([
      "/v1/payments/pay_1/refunds",
      "/v1/payments/pay_1/journal",
      "/v1/payments?reference=order+17%26status%3Dpaid&limit=1",
    ]);
    expect(arrived.map(({ headers }) => [headers["content-type"], headers["accept-language"]])).toEqual([
      [undefined, expect.anything()],
      [undefined, "pt"],
      [undefined, expect.anything()],
    ]);
  });

  it("is not sent at all by an id that would lead elsewhere, or by an idempotency key that no header can carry", async () => {
    const ids = ["", ".", "..", undefined as unknown as string];
    const { arrived, error } = await against([json(200, payment)], async (caravela) => {
      for (const id of ids) {
        expect(() => caravela.refunds.create(id)).toThrow(TypeError);
        expect(() => caravela.customers.erase(id)).toThrow(TypeError);
      }
      await caravela.customers.erase("a/b ?c");
      await caravela.payments.create(input, { idempotencyKey: "order\n17" });
    });
    expect(error).toBeInstanceOf(TypeError);
    expect(arrived.map(({ url }) => url)).toEqual(["/api/v2/v1/customers/a%2Fb%20%3Fc/erase"]);
  });
});

describe("a list", () => {
  const page = (ids: string[], next: string | null) =>
    json(200, { data: ids.map((id) => ({ id })), hasMore: next !== null, next });

  it("is its first page when it is awaited, and all there is when it is gone through", async () => {
    const pages = [page(["a", "b"], "two"), page([], "three"), page(["c"], null)];
    const { answer, arrived } = await against(pages, async (caravela) => {
      const ids: string[] = [];
      for await (const { id } of caravela.payments.list({ status: "paid", limit: 2 })) ids.push(id);
      return ids;
    });
    expect(answer).toEqual(["a", "b", "c"]);
    expect(arrived.map(({ url }) => url.split("?")[1])).toEqual([
      "status=paid&limit=2",
      "status=paid&limit=2&after=two",
      "status=paid&limit=2&after=three",
    ]);
    const first = await against(pages, async (caravela) => caravela.refunds.list());
    expect(first.answer).toMatchObject({ data: [{ id: "a" }, { id: "b" }], hasMore: true, next: "two" });
    expect(first.arrived).toHaveLength(1);
  });

  it("asks for no page more than is gone through, and throws what a page is refused by", async () => {
    const left = await against([page(["a", "b"], "two")], async (caravela) => {
      for await (const { id } of caravela.events.list()) return id;
      return undefined;
    });
    expect([left.answer, left.arrived.length]).toEqual(["a", 1]);
    const refused = json(401, problem(401, "unauthorized"));
    const { error } = await against([page(["a"], "two"), refused], async (caravela) => {
      for await (const _ of caravela.plans.list());
    });
    expect(error).toMatchObject({ code: "unauthorized" });
  });
});
