import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { checkoutBody, type Json, type TestGateway, testGateway } from "../../testing/gateway.ts";
import { type TestReceiver, testReceiver } from "../../testing/receiver.ts";
import { callNames } from "../spg/routes.ts";

let gateway: TestGateway;
let merchant: TestReceiver;
beforeAll(async () => {
  gateway = await testGateway();
  merchant = await testReceiver();
  await gateway.notifyAt(merchant.webhook);
});
afterAll(async () => {
  await gateway.close();
  await merchant.close();
});
afterEach(async () => {
  await gateway.sandbox("/reset", {});
  merchant.received.length = 0;
});

const inject = (faults: Json) => gateway.sandbox("/faults", faults, "PUT");
const checkout = async () => gateway.spg("/payments", { body: checkoutBody(await gateway.now()) });
const transactions = async (): Promise<Json[]> => (await gateway.sandbox("/transactions")).body.transactions;

describe("a call's fault", () => {
  it("is a HTTP code instead of doing it; 503 says T9999", async () => {
    await inject({ calls: { payments: { http: { "503": 1 } } } });
    const { status, body } = await checkout();
    expect([status, body.returnStatus.statusCode]).toEqual([503, "T9999"]);
    expect(await transactions()).toEqual([]);
  });

  it("is an HTML page instead of doing it", async () => {
    await inject({ calls: { payments: { html: 1 } } });
    const { status, headers, text } = await checkout();
    expect([status, headers.get("content-type")]).toEqual([502, "text/html"]);
    expect(text).toContain("<html>");
    expect(await transactions()).toEqual([]);
  });

  it("is an answer that is dropped after it was done", async () => {
    await inject({ calls: { payments: { dropAnswer: 1 } } });
    await expect(checkout()).rejects.toThrow();
    expect(await transactions()).toHaveLength(1);
  });

  it("is a delay before it is done", async () => {
    await inject({ calls: { payments: { delayMs: [120, 140] } } });
    const before = performance.now();
    expect((await checkout()).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  });

  it("concerns the call that is named; * all that are not", async () => {
    await inject({ calls: { "*": { http: { "500": 1 } }, payments: {}, "mbway-id/purchase": {} } });
    const made = await gateway.checkout();
    expect((await gateway.generate(made)).status).toBe(500);
    expect((await gateway.spg(`/payments/${made.id}/status`)).status).toBe(500);
    expect((await gateway.operate("refund", made.id, 1)).status).toBe(500);
    expect((await gateway.purchase(made)).status).toBe(200);
  });

  it("falls the same way each time for the same seed", async () => {
    const run = async () => {
      await inject({ seed: 7, calls: { payments: { http: { "500": 0.3, "429": 0.2 } } } });
      const codes = [];
      for (let call = 0; call < 20; call++) codes.push((await checkout()).status);
      return codes;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500, 429]));
  });
});

describe("a notification's fault", () => {
  const paid = async (phone = "351#960000001") => {
    const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(made, phone);
    return made;
  };

  it("is a try that is lost, and comes again by the tiers", async () => {
    await inject({ notifications: { drop: 1 } });
    await paid();
    await gateway.advance(0);
    expect(merchant.received).toHaveLength(0);
    await inject({});
    await gateway.advance(300);
    expect(merchant.received).toHaveLength(1);
  });

  it("is the same twice", async () => {
    await inject({ notifications: { duplicate: 1 } });
    await paid();
    await gateway.advance(0);
    expect(merchant.notices()).toHaveLength(2);
    expect(merchant.notices()[0].notificationID).toBe(merchant.notices()[1].notificationID);
  });

  it("is a changed byte, so that it does not open", async () => {
    await inject({ notifications: { corrupt: 1 } });
    await paid();
    await gateway.advance(0);
    expect(merchant.notices()).toEqual([null]);
  });

  it("is a delay of system time; an advance waits for it", async () => {
    await inject({ notifications: { delaySeconds: [0.2, 0.2] } });
    await paid();
    const before = performance.now();
    await gateway.advance(0);
    expect(performance.now() - before).toBeGreaterThan(100);
    expect(merchant.received).toHaveLength(1);
  });

  it("is being overtaken by those behind", async () => {
    await inject({ seed: 1, notifications: { reorder: 0.5 } });
    const made = [];
    for (let payment = 0; payment < 8; payment++) made.push((await paid()).id);
    await gateway.advance(0);
    const arrived = merchant.notices().map(({ transactionID }) => transactionID);
    expect([...arrived].sort()).toEqual([...made].sort());
    expect(arrived).not.toEqual(made);
  });
});

describe("the settings of faults", () => {
  it("are replaced as a whole, shown as they were given, and cleared by {}", async () => {
    const given = {
      seed: 1,
      calls: { "*": { delayMs: [0, 2], http: { "503": 0.01 }, dropAnswer: 0.01, html: 0 }, "mbway-id/purchase": {} },
      notifications: { drop: 0, duplicate: 0, delaySeconds: [0, 0], reorder: 0, corrupt: 0 },
    };
    expect((await inject(given)).body).toEqual(given);
    expect((await gateway.sandbox("/faults")).body).toEqual(given);
    const nothing = { seed: null, calls: {}, notifications: {} };
    expect((await inject({})).body).toEqual(nothing);
    expect((await gateway.sandbox("/faults")).body).toEqual(nothing);
  });

  it("take every call that there is, and *, and docs/sandbox.md names them", async () => {
    const calls = Object.fromEntries([...callNames, "*"].map((name) => [name, { html: 0 }]));
    expect(await inject({ calls })).toMatchObject({ status: 200, body: { calls } });
    const document = await readFile(join(import.meta.dirname, "../../../../docs/sandbox.md"), "utf8");
    const [, named = ""] = /`calls` is keyed by the call: ([^;]*);/.exec(document) ?? [];
    expect([...named.matchAll(/`([^`]+)`/g)].map(([, name]) => name)).toEqual(callNames);
  });

  it("refuse a call that there is not, and say which there are", async () => {
    const before = (await gateway.sandbox("/faults")).body;
    const { status, body } = await inject({ calls: { status: {}, "mbway-id/purchas": { html: 1 } } });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      {
        field: "/calls/mbway-id~1purchas",
        message:
          "is not known here: must be one of payments, service-reference/generate, mbway-id/purchase, card/purchase, token/purchase, status, capture, cancellation, refund, mit, mbway-mandates/creation, mbway-mandates/inquiry, mbway-mandates/inquiry-detail, mbway-mandates/list, mbway-mandates/cancel, *",
      },
    ]);
    expect((await gateway.sandbox("/faults")).body).toEqual(before);
    const inherited = await gateway.sandbox("/faults", '{"calls": {"toString": {}}}', "PUT");
    expect(inherited.body.errors).toMatchObject([{ field: "/calls/toString" }]);
    expect((await gateway.sandbox("/faults", '{"calls": {"__proto__": {}}}', "PUT")).status).toBe(400);
    expect((await gateway.sandbox("/faults")).body).toEqual(before);
  });

  it.each([
    { seed: "one" },
    { calls: { payments: { html: 2 } } },
    { calls: { payments: { http: { teapot: 1 } } } },
    { calls: { payments: { delayMs: [10, 5] } } },
    { calls: { payments: { delay: 5 } } },
    { notifications: { lose: 1 } },
  ])("that make no sense are 400: %j", async (faults) => {
    expect((await inject(faults)).status).toBe(400);
  });
});
