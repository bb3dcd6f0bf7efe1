import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

describe("the status", () => {
  it("just after a checkout has no paymentMethod and no code of its own", async () => {
    const { id } = await gateway.checkout({ amount: 5, merchantTransactionId: "teste 12345" });
    const status = await gateway.status(id);
    expect(Object.keys(status)).toEqual([
      "merchant",
      "transactionID",
      "amount",
      "paymentType",
      "paymentStatus",
      "execution",
      "returnStatus",
    ]);
    expect(status).toMatchObject({
      merchant: { terminalId: "52221", merchantTransactionId: "teste 12345" },
      amount: { currency: "EUR", value: "5.00" },
      paymentType: "PURS",
      paymentStatus: "Pending",
      returnStatus: { statusCode: "000" },
    });
    expect(Object.keys(status.amount)).toEqual(["currency", "value"]);
    expect(Object.keys(status.execution)).toEqual(["endTime", "startTime"]);
  });

  it("of a checkout that nobody used stays Pending after its ten minutes", async () => {
    const { id } = await gateway.checkout();
    await gateway.advance(3_600);
    expect((await gateway.status(id)).paymentStatus).toBe("Pending");
  });

  it("changes nothing, however often it is asked for", async () => {
    const { id } = await gateway.checkout();
    const before = (await gateway.sandbox(`/transactions/${id}`)).body;
    for (let asked = 0; asked < 5; asked++) await gateway.status(id);
    expect((await gateway.sandbox(`/transactions/${id}`)).body).toEqual(before);
  });
});

describe("the status by merchantTransactionId", () => {
  const by = (id: string) => gateway.spg(`/payments/status?merchantTransactionId=${encodeURIComponent(id)}`);

  it("answers the newest transaction of that id", async () => {
    await gateway.checkout({ merchantTransactionId: "again" });
    const newest = await gateway.checkout({ merchantTransactionId: "again" });
    expect((await by("again")).body.transactionID).toBe(newest.id);
  });

  it("of an unknown id is 404 with a returnStatus, and without an id 400", async () => {
    expect((await by("nobody's")).status).toBe(404);
    expect((await by("nobody's")).body.returnStatus.statusCode).toBe("E0301");
    const without = await gateway.spg("/payments/status");
    expect([without.status, without.body.returnStatus.statusDescription]).toEqual([
      400,
      "merchantTransactionId is missing",
    ]);
  });

  it("finds nothing where the terminal has statusByMerchantTransactionId off, which is shown; by transactionID it is found", async () => {
    const { id } = await gateway.checkout({ merchantTransactionId: "hidden" });
    const terminal = `/terminals/${gateway.terminal.terminalId}`;
    const off = await gateway.sandbox(terminal, { statusByMerchantTransactionId: false }, "PUT");
    expect(off.body.statusByMerchantTransactionId).toBe(false);
    expect([await by("hidden"), await by("nobody's")].map(({ status, body }) => [status, body.returnStatus])).toEqual(
      Array(2).fill([404, expect.objectContaining({ statusCode: "E0301" })]),
    );
    expect((await gateway.status(id)).paymentStatus).toBe("Pending");
    await gateway.sandbox(terminal, { statusByMerchantTransactionId: true }, "PUT");
    expect((await by("hidden")).body.transactionID).toBe(id);
  });

  it("knows the caller's terminal only", async () => {
    await gateway.checkout({ merchantTransactionId: "mine" });
    const other = (await gateway.sandbox("/terminals/778", {}, "PUT")).body;
    const asked = await gateway.spg("/payments/status?merchantTransactionId=mine", { headers: gateway.bearer(other) });
    expect(asked.status).toBe(404);
  });
});
