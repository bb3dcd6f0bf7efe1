import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkoutBody, type MadeCheckout, send, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
let made: MadeCheckout;
beforeAll(async () => {
  gateway = await testGateway();
  made = await gateway.checkout();
});
afterAll(() => gateway.close());

const returnStatus = {
  statusCode: expect.any(String),
  statusMsg: expect.any(String),
  statusDescription: expect.any(String),
};

function withoutUndefined(headers: Record<string, string | undefined>): Record<string, string> {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given);
}

describe("credentials", () => {
  it.each([
    ["no Authorization", { authorization: undefined }, 401],
    ["another token", { authorization: "Bearer nobody" }, 401],
    ["an empty token", { authorization: "Bearer " }, 401],
    ["Basic", { authorization: "Basic YTpi" }, 401],
    ["no X-IBM-Client-Id", { "x-ibm-client-id": undefined }, 403],
    ["another X-IBM-Client-Id", { "x-ibm-client-id": "me" }, 403],
  ])("%s is refused before the body is looked at", async (_what, changed, expected) => {
    const headers = withoutUndefined({ ...gateway.bearer(), ...changed });
    for (const body of ["{", "x".repeat(200_000), JSON.stringify(checkoutBody(new Date()))]) {
      const { status, body: answered } = await gateway.spg("/payments", { headers, body });
      expect(status).toBe(expected);
      expect(answered.returnStatus).toEqual(returnStatus);
    }
  });

  it("a token is good for its own terminal only", async () => {
    const other = (await gateway.sandbox("/terminals/777", {}, "PUT")).body;
    const headers = gateway.bearer(other);
    expect((await gateway.spg("/payments", { headers, body: checkoutBody(new Date()) })).status).toBe(401);
    expect((await gateway.spg(`/payments/${made.id}/status`, { headers })).status).toBe(401);
    const own = checkoutBody(new Date(), { terminalId: 777 });
    expect((await gateway.spg("/payments", { headers, body: own })).body.merchant.terminalId).toBe("777");
  });

  it("a method call takes the Digest and no Bearer, an operation the Bearer and no Digest", async () => {
    const purchase = await gateway.spg(`/payments/${made.id}/mbway-id/purchase`, {
      body: { customerPhone: "351#919999999" },
    });
    expect(purchase.status).toBe(401);
    const refund = await gateway.spg(`/payments/${made.id}/refund`, {
      headers: gateway.digest(made.signature),
      body: {},
    });
    expect(refund.status).toBe(401);
  });

  it("every part of the signature is verified, and it is good for its own transaction only", async () => {
    const other = await gateway.checkout();
    const [first, second, third] = made.signature.split(".");
    const [, otherSecond, otherThird] = other.signature.split(".");
    const forged = [
      `${first}.${second}`,
      `${first}.${otherSecond}.${third}`,
      `${first}.${second}.${otherThird}`,
      other.signature,
      "x",
    ];
    for (const signature of forged) {
      const path = `/payments/${made.id}/service-reference/generate`;
      const { status, body } = await gateway.spg(path, { headers: gateway.digest(signature), body: {} });
      expect(status).toBe(401);
      expect(body.returnStatus).toEqual(returnStatus);
      expect((await gateway.spg(`/payments/${made.id}/status`, { headers: gateway.digest(signature) })).status).toBe(
        401,
      );
    }
    expect((await gateway.status(made.id)).paymentMethod).toBeUndefined();
  });
});

describe("addresses", () => {
  it("an empty transactionID is 404 with a returnStatus, as on the page of SIBS's guide", async () => {
    for (const headers of [gateway.digest(made.signature), { authorization: "Digest undefined" }]) {
      const { status, body } = await gateway.spg("/payments//service-reference/generate", { method: "POST", headers });
      expect(status).toBe(404);
      expect(body.returnStatus).toEqual(returnStatus);
    }
  });

  it.each(["s2AAAAAAAAAAAAAAAAAA", "17", "s2%00", "__proto__", "s2%ZZ", "x".repeat(90), "x".repeat(200)])(
    "an unknown transactionID (%s) is 404 with a returnStatus",
    async (id) => {
      const status = await gateway.spg(`/payments/${id}/status`);
      expect([status.status, status.body.returnStatus]).toEqual([404, returnStatus]);
      const headers = gateway.digest(made.signature);
      const purchase = await gateway.spg(`/payments/${id}/mbway-id/purchase`, {
        headers,
        body: { customerPhone: "351#919999999" },
      });
      expect([purchase.status, purchase.body.returnStatus]).toEqual([404, returnStatus]);
    },
  );

  it("any other path is 404 with a returnStatus", async () => {
    const headers = gateway.digest(made.signature);
    const other = await gateway.spg(`/payments/${made.id}/cash/purchase`, { headers, body: {} });
    expect([other.status, other.body.returnStatus]).toEqual([404, returnStatus]);
    const elsewhere = await gateway.spg("/payment");
    expect([elsewhere.status, elsewhere.body.returnStatus]).toEqual([404, returnStatus]);
  });

  it("another method is 405 and says which is allowed", async () => {
    const paths = [
      ["/payments", "GET", "POST"],
      [`/payments/${made.id}/status`, "POST", "GET"],
      [`/payments/${made.id}/refund`, "PUT", "POST"],
      [`/payments/${made.id}/mbway-id/purchase`, "DELETE", "POST, OPTIONS"],
    ] as const;
    for (const [path, method, allow] of paths) {
      const { status, headers, body } = await gateway.spg(path, { method });
      expect([status, headers.get("allow"), body.returnStatus]).toEqual([405, allow, returnStatus]);
    }
  });

  it("a browser that holds the signature may make the method call: OPTIONS and CORS", async () => {
    for (const name of ["mbway-id/purchase", "service-reference/generate"]) {
      const path = `/payments/${made.id}/${name}`;
      const asked = await gateway.spg(path, { method: "OPTIONS", headers: { origin: "https://shop.example" } });
      expect(asked.status).toBe(204);
      expect(asked.headers.get("access-control-allow-origin")).toBe("*");
      expect(asked.headers.get("access-control-allow-headers")).toContain("Authorization");
      const refused = await gateway.spg(path, { method: "POST", headers: { origin: "https://shop.example" } });
      expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([401, "*"]);
    }
    const bearer = await gateway.spg("/payments", { method: "OPTIONS" });
    expect([bearer.status, bearer.headers.get("access-control-allow-origin")]).toEqual([405, null]);
  });
});

describe("bodies", () => {
  it.each([
    ["nothing", ""],
    ["half a JSON", '{"merchant":'],
    ["a text", '"hello"'],
    ["a list", "[]"],
    ["null", "null"],
    ["ten thousand lists in lists", "[".repeat(10_000) + "]".repeat(10_000)],
    ["ten thousand objects in objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["a huge number", '{"merchant":{"terminalId":1e999}}'],
  ])("%s is answered 400 with a returnStatus", async (_what, body) => {
    const { status, body: answered } = await gateway.spg("/payments", { method: "POST", body });
    expect([status, answered.returnStatus]).toEqual([400, returnStatus]);
  });

  it.each([
    ["NUL", "order\u00001"],
    ["half a surrogate pair", "order\ud8001"],
  ])("%s in a text is refused by the field's name", async (_what, merchantTransactionId) => {
    const body = checkoutBody(new Date());
    body.merchant.merchantTransactionId = merchantTransactionId;
    const refused = await gateway.spg("/payments", { body });
    expect(refused.status).toBe(400);
    expect(refused.body.returnStatus.statusDescription).toContain("merchant.merchantTransactionId");
  });

  it("emoji, right-to-left and combining characters come back as they went in", async () => {
    const merchantTransactionId = "Ação 🧉 \u202eabc e\u0301";
    const { body } = await gateway.checkout({ merchantTransactionId });
    expect(body.merchant.merchantTransactionId).toBe(merchantTransactionId);
    const found = await gateway.spg(
      `/payments/status?merchantTransactionId=${encodeURIComponent(merchantTransactionId)}`,
    );
    expect(found.body.merchant.merchantTransactionId).toBe(merchantTransactionId);
  });

  it("names that could poison a prototype are members nobody knows", async () => {
    const text = JSON.stringify(checkoutBody(new Date()));
    const body = `{"__proto__":{"merchant":1,"polluted":true},"constructor":{"prototype":{"polluted":true}},${text.slice(1)}`;
    expect((await gateway.spg("/payments", { method: "POST", body })).status).toBe(200);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("a body of a hundred thousand bytes is 413, another type than JSON 415, each with a returnStatus", async () => {
    const large = await gateway.spg("/payments", { method: "POST", body: `{"x":"${"x".repeat(100_000)}"}` });
    expect([large.status, large.body.returnStatus]).toEqual([413, returnStatus]);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data"]) {
      const typed = await gateway.spg("/payments", {
        method: "POST",
        headers: { ...gateway.bearer(), "content-type": type },
        body: "a=b",
      });
      expect([typed.status, typed.body.returnStatus]).toEqual([415, returnStatus]);
    }
  });

  it("a caller that goes away in the middle leaves the gateway standing", async () => {
    const { hostname, port } = new URL(gateway.url);
    const gone = request({
      hostname,
      port,
      path: "/api/v2/payments",
      method: "POST",
      headers: { ...gateway.bearer(), "content-length": "500" },
    });
    const closed = new Promise((resolve) => gone.once("error", resolve));
    gone.write('{"merchant":', () => gone.destroy(new Error("gone")));
    await closed;
    expect((await send(`${gateway.url}/sandbox/clock`, {})).status).toBe(200);
  });
});
