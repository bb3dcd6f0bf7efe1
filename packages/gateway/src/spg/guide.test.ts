import { Buffer } from "node:buffer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleCheckoutRequest, exampleCheckoutResponse } from "../../../sibs/src/protocol/checkout.ts";
import { exampleMbwayPurchaseRequest, exampleMbwayPurchaseResponse } from "../../../sibs/src/protocol/mbway.ts";
import { exampleStatusResponse } from "../../../sibs/src/protocol/status.ts";
import { type Json, type MadeCheckout, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

/** The same with every leaf replaced by its type: what must match when the values cannot. */
function shapeOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== "object") return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
}

/** The order of members as well, which `toEqual` does not look at. */
const spelt = (value: Json) => JSON.stringify(shapeOf(value));

const decoded = (base64: string): Json => JSON.parse(Buffer.from(base64, "base64").toString("utf8"));

async function seedCheckout(): Promise<MadeCheckout> {
  const { body } = await gateway.spg("/payments", { body: exampleCheckoutRequest });
  return { id: body.transactionID, signature: body.transactionSignature, body };
}

describe("the checkout of SIBS's guide", () => {
  it("is answered member for member, in the guide's order and types", async () => {
    const { body } = await seedCheckout();
    expect(spelt(body)).toBe(spelt(exampleCheckoutResponse));
    const { transactionID, transactionSignature, formContext, execution, ...fixed } = body;
    const {
      transactionID: _1,
      transactionSignature: _2,
      formContext: _3,
      execution: _4,
      ...seed
    } = exampleCheckoutResponse;
    expect(fixed).toEqual(seed);
    expect(transactionID).toMatch(/^s2[A-Za-z0-9]{18}$/);
    expect(execution.startTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(transactionSignature).not.toBe(formContext);
  });

  it("expires ten minutes after its own timestamp, whatever the gateway's clock says", async () => {
    const { body } = await seedCheckout();
    expect(body.expiry).toBe("2023-11-09T10:41:44.989Z");
  });

  it("has a signature of three parts: who signed, 32 bytes, 48 bytes", async () => {
    const { id, signature } = await seedCheckout();
    const parts = signature.split(".");
    expect(parts).toHaveLength(3);
    const [first = "", second = "", third = ""] = parts;
    expect(Buffer.from(first, "base64").toString()).toBe(`{"txId":"${id}","mc":9999999,"tc":52221}`);
    expect(Buffer.from(second, "base64")).toHaveLength(32);
    expect(Buffer.from(third, "base64")).toHaveLength(48);
  });

  it("has a formContext that decodes as the guide's does", async () => {
    const { body } = await seedCheckout();
    const context = decoded(body.formContext);
    const seed = decoded(exampleCheckoutResponse.formContext);
    expect(JSON.stringify(context)).toBe(JSON.stringify({ ...seed, TransactionSignature: body.transactionSignature }));
  });
});

describe("the run of SIBS's guide", () => {
  it("replays: a purchase on a lapsed checkout is Timeout beside 000, and its status Timeout beside 999", async () => {
    const made = await seedCheckout();
    await gateway.advance(5 * 3_600);
    const purchase = await gateway.spg(`/payments/${made.id}/mbway-id/purchase`, {
      headers: gateway.digest(made.signature),
      body: exampleMbwayPurchaseRequest,
    });
    expect(purchase.status).toBe(200);
    expect(spelt(purchase.body)).toBe(spelt(exampleMbwayPurchaseResponse));
    const { execution: _1, ...answered } = purchase.body;
    const { execution: _2, ...seed } = exampleMbwayPurchaseResponse;
    expect(answered).toEqual({ ...seed, transactionID: made.id });

    const status = await gateway.spg(`/payments/${made.id}/status`);
    expect(status.status).toBe(200);
    expect(spelt(status.body)).toBe(spelt(exampleStatusResponse));
    const { execution: _3, ...stands } = status.body;
    const { execution: _4, ...seedStands } = exampleStatusResponse;
    expect(stands).toEqual({ ...seedStands, transactionID: made.id });
  });

  it("asks nobody's phone when the checkout has lapsed", async () => {
    const made = await seedCheckout();
    await gateway.advance(601);
    await gateway.purchase(made, "351#919999998");
    expect(await gateway.waiting("351#919999998")).toEqual([]);
  });
});
