import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawPost } from "../../../../tests/support/raw-post.ts";
import { type Json, send, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const put = (id: string, body: Json) => gateway.sandbox(`/terminals/${id}`, body, "PUT");

describe("a page of another site", () => {
  const post = (path: string, headers: Record<string, string>, body = "") =>
    send(`${gateway.url}${path}`, { method: "POST", headers, ...(body === "" ? {} : { body }) });

  it.each([
    "/sandbox/reset",
    "/sandbox/phones/351%23919999999/approve",
    "/sandbox/clock/advance",
    "/phone/approve",
    "/atm/pay",
  ])("cannot POST %s, with a body or without", async (path) => {
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://shop.example" }]) {
      expect((await post(path, headers)).status).toBe(403);
      const form = { ...headers, "content-type": "application/x-www-form-urlencoded" };
      expect((await post(path, form, "a=b")).status).toBe(403);
    }
  });

  it("cannot change anything by a name that it points here", async () => {
    const refused = await rawPost(`${gateway.url}/sandbox/reset`, ["Host", "rebound.example:4010"], "");
    expect([refused.status, JSON.parse(refused.text).type]).toEqual([403, "/problems/foreign_site"]);
    for (const host of ["localhost", "127.0.0.1:4010"]) {
      expect((await rawPost(`${gateway.url}/sandbox/reset`, ["Host", host], "")).status).toBe(200);
    }
  });

  it("leads to the phone and the ATM all the same, and sends its customer to the card's issuer", async () => {
    const headers = { "sec-fetch-site": "cross-site", origin: "https://shop.example" };
    for (const path of ["/phone", "/atm"]) expect((await send(`${gateway.url}${path}`, { headers })).status).toBe(200);
    const form = { ...headers, "content-type": "application/x-www-form-urlencoded" };
    expect((await post("/issuer/challenge", form, "creq=e30")).status).not.toBe(403);
  });
});

it("a body with a member that stands twice is refused, and the member is named", async () => {
  const answer = await put("52221", '{"webhook":null,"webhook":null}');
  expect([answer.status, answer.body.errors]).toEqual([
    400,
    [{ field: "/webhook", message: "stands more than once: send it once" }],
  ]);
});

describe("terminals", () => {
  it("begin with that of SIBS's guide, whose token looks like SIBS's", async () => {
    const { terminals } = (await gateway.sandbox("/terminals")).body;
    expect(terminals).toEqual([
      {
        terminalId: "52221",
        merchantCode: 9_999_999,
        merchantName: "Caravela",
        clientId: "8247e05b-e64d-4948-843d-6e8b30224e39",
        token: expect.stringMatching(/^02[0-9a-f]{32}\.[A-Za-z0-9+/]+={0,2}\.[0-9a-f]{128}$/),
        entity: "24000",
        methods: ["CARD", "MBWAY", "REFERENCE"],
        disableMandateMBWAYFallback: false,
        requiresCustomer: true,
        statusByMerchantTransactionId: true,
        webhook: null,
      },
    ]);
    const content = JSON.parse(Buffer.from(terminals[0].token.split(".")[1], "base64").toString());
    expect(JSON.parse(content.tokenAppData)).toEqual({ mc: "9999999", tc: "52221" });
    expect(content).toMatchObject({ roles: "SPG_MANAGER", typ: "Bearer", id: expect.stringMatching(/^.{42}$/) });
    expect(Number(content.e) - Number(content.i)).toBe(3_652 * 86_400_000);
  });

  it("are created with credentials made for them, and changed member by member", async () => {
    const made = (await put("600001", { merchantName: "Loja" })).body;
    expect(made).toMatchObject({ terminalId: "600001", merchantName: "Loja", entity: "24000", webhook: null });
    const changed = (await put("600001", { token: "any", clientId: "me", entity: "11604", methods: ["MBWAY"] })).body;
    expect(changed).toEqual({ ...made, token: "any", clientId: "me", entity: "11604", methods: ["MBWAY"] });
    const headers = { authorization: "Bearer any", "x-ibm-client-id": "me", "content-type": "application/json" };
    const found = await gateway.spg("/payments/status?merchantTransactionId=none", { headers });
    expect(found.status).toBe(404);
  });

  it("keep every change of those that are made at once, each to another member", async () => {
    const webhook = { url: "http://127.0.0.1:9/sibs", secret: Buffer.alloc(32, 7).toString("base64") };
    const changes: Json[] = [
      { clientId: "me" },
      { token: "any" },
      { entity: "11604" },
      { methods: ["MBWAY"] },
      { merchantName: "Loja" },
      { requiresCustomer: false },
      { statusByMerchantTransactionId: false },
      { webhook },
    ];
    for (const id of ["600005", "600006"]) {
      await Promise.all(changes.map((change) => put(id, change)));
      const { terminals } = (await gateway.sandbox("/terminals")).body;
      expect(terminals.find((one: Json) => one.terminalId === id)).toMatchObject(Object.assign({}, ...changes));
    }
  });

  it("are listed by their number, but the seed's before all", async () => {
    await put("777", {});
    const { terminals } = (await gateway.sandbox("/terminals")).body;
    expect(terminals.slice(0, 2).map(({ terminalId }: Json) => terminalId)).toEqual(["52221", "777"]);
  });

  it("get a webhook with its secret, or a secret made for it, and lose it again", async () => {
    const secret = Buffer.alloc(32, 7).toString("base64");
    const url = "http://127.0.0.1:9/sibs";
    expect((await put("600002", { webhook: { url, secret } })).body.webhook).toEqual({ url, secret });
    expect((await put("600002", { webhook: null })).body.webhook).toBeNull();
    const { webhook } = (await put("600002", { webhook: { url } })).body;
    expect(Buffer.from(webhook.secret, "base64")).toHaveLength(32);
    expect(webhook.secret).not.toBe(secret);
  });

  it("keep the secret of their webhook until another is given, whatever else changes", async () => {
    const secret = Buffer.alloc(32, 7).toString("base64");
    const another = Buffer.alloc(32, 8).toString("base64");
    const [url, moved] = ["http://127.0.0.1:9/sibs", "http://127.0.0.1:9/moved"];
    const webhookAfter = async (changes: Json) => (await put("600007", changes)).body.webhook;
    expect(await webhookAfter({ webhook: { url, secret } })).toEqual({ url, secret });
    expect(await webhookAfter({ webhook: { url: moved } })).toEqual({ url: moved, secret });
    expect(await webhookAfter({ token: "another" })).toEqual({ url: moved, secret });
    expect(await webhookAfter({ webhook: { url, secret: another } })).toEqual({ url, secret: another });
    expect(await webhookAfter({ webhook: { url } })).toEqual({ url, secret: another });
  });

  it.each([
    ["an id that is no number", "abc", {}],
    ["an empty token", "600003", { token: "" }],
    ["a token that no header can carry", "600003", { token: "a b" }],
    ["an unknown method", "600003", { methods: ["CASH"] }],
    ["an entity of four digits", "600003", { entity: "2400" }],
    [
      "a secret of 16 bytes",
      "600003",
      { webhook: { url: "http://127.0.0.1:9", secret: Buffer.alloc(16).toString("base64") } },
    ],
    ["a webhook that is no address", "600003", { webhook: { url: "nowhere" } }],
  ])("refuse %s with 400", async (_what, id, body) => {
    expect((await put(id, body)).status).toBe(400);
  });
});

describe("transactions", () => {
  it("are listed newest first, page by page, and each has a journal", async () => {
    await gateway.sandbox("/reset", {});
    const made = [];
    for (const order of ["a", "b", "c"]) made.push(await gateway.checkout({ merchantTransactionId: order }));
    const first = (await gateway.sandbox("/transactions?limit=2")).body;
    const second = (await gateway.sandbox(`/transactions?limit=2&after=${first.next}`)).body;
    expect(
      [...first.transactions, ...second.transactions].map(({ merchantTransactionId }: Json) => merchantTransactionId),
    ).toEqual(["c", "b", "a"]);
    expect([first.next, second.next]).toEqual([made[1]?.id, null]);
    expect(second.transactions[0]).toEqual({
      transactionID: made[0]?.id,
      terminalId: "52221",
      merchantTransactionId: "a",
      paymentType: "PURS",
      paymentMethod: null,
      paymentStatus: "Pending",
      amount: "5.50",
      captured: "0.00",
      refunded: "0.00",
      deadline: expect.stringMatching(/Z$/),
    });
  });

  it("tell in the journal what happened, and when", async () => {
    const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(made);
    await gateway.answerPhone("approve");
    await gateway.operate("refund", made.id, 1);
    const { journal, ...listed } = (await gateway.sandbox(`/transactions/${made.id}`)).body;
    expect(journal.map(({ what }: Json) => what)).toEqual(["checkout", "phone_asked", "approved", "refund"]);
    for (const entry of journal) expect(Object.keys(entry).sort()).toEqual(["at", "data", "what"]);
    expect(listed).toMatchObject({ captured: "5.50", refunded: "1.00" });
  });

  it("that do not exist are 404, and a page that is none 400", async () => {
    expect((await gateway.sandbox("/transactions/s2AAAAAAAAAAAAAAAAAA")).status).toBe(404);
    expect((await gateway.sandbox("/transactions?limit=0")).status).toBe(400);
    expect((await gateway.sandbox("/transactions?after=%00")).status).toBe(400);
  });
});

describe("phones", () => {
  it("of nobody have nothing waiting, and cannot answer", async () => {
    const { body } = await gateway.sandbox("/phones/351%23911111111");
    expect(body).toEqual({ alias: "351#911111111", waiting: [], mandates: [] });
    expect((await gateway.answerPhone("approve", "351#911111111")).body).toMatchObject({ status: 404, code: null });
    expect((await gateway.answerPhone("approve", "nonsense")).status).toBe(404);
  });

  it("approved at once as often as requests wait: each approval finds one of them", async () => {
    const asked = [];
    for (let request = 0; request < 5; request++) {
      const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
      await gateway.purchase(made, "351#933333333");
      asked.push(made.id);
    }
    const answers = await Promise.all(asked.map(() => gateway.answerPhone("approve", "351#933333333")));
    expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 200));
    expect(answers.map(({ body }) => body.id).sort()).toEqual(asked.sort());
  });

  it("show until when a request can be answered, also where that is after its Timeout", async () => {
    for (const [phone, seconds] of [
      ["351#944444444", 240],
      ["351#960000008", 300],
    ] as const) {
      await gateway.purchase(await gateway.checkout({ methods: ["MBWAY"], reference: null }), phone);
      const [request] = await gateway.waiting(phone);
      expect(Date.parse(request.expiresAt) - Date.parse(request.askedAt)).toBe(seconds * 1_000);
    }
  });

  it("answer without a body as well", async () => {
    const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(made, "351#922222222");
    const { status, body } = await gateway.sandbox("/phones/351%23922222222/approve", undefined, "POST");
    expect([status, body.id]).toEqual([200, made.id]);
  });
});

describe("an amount at the ATM", () => {
  it.each(["", "five", "5,50", "1e3", -1, 5.001])("that is none (%j) is 400", async (amount) => {
    expect((await gateway.sandbox("/references/24000/123456789/pay", { amount })).status).toBe(400);
  });
});

describe("scenarios", () => {
  it("are listed, and docs/sandbox.md lists the same", async () => {
    const { scenarios } = (await gateway.sandbox("/scenarios")).body;
    expect(scenarios[0]).toEqual({
      by: "phone",
      match: "351#960000001",
      outcome: "approved_at_once",
      says: expect.any(String),
    });
    const document = await readFile(join(import.meta.dirname, "../../../../docs/sandbox.md"), "utf8");
    const rows = document.split("\n").filter((line) => /^\| (phone|amount|card) \|/.test(line));
    expect(rows).toEqual(
      scenarios.map(({ by, match, outcome, says }: Json) => `| ${by} | \`${match}\` | \`${outcome}\` | ${says} |`),
    );
  });
});

describe("a reset", () => {
  it("forgets all but the terminals and how far the clock is ahead", async () => {
    await put("600004", { merchantName: "Fica" });
    const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(made, "351#960000001");
    await gateway.sandbox("/faults", { seed: 4, calls: { refund: { html: 1 } } }, "PUT");
    await gateway.advance(60);
    const before = (await gateway.sandbox("/clock")).body.offsetSeconds;

    expect((await gateway.sandbox("/reset", {})).status).toBe(200);
    expect((await gateway.sandbox("/transactions")).body).toEqual({ transactions: [], next: null });
    expect((await gateway.sandbox("/notifications")).body).toEqual({ notifications: [], next: null });
    expect((await gateway.sandbox("/faults")).body).toEqual({ seed: null, calls: {}, notifications: {} });
    expect((await gateway.spg(`/payments/${made.id}/status`)).status).toBe(404);
    expect((await gateway.sandbox("/clock")).body.offsetSeconds).toBe(before);
    const { terminals } = (await gateway.sandbox("/terminals")).body;
    expect(terminals.find(({ terminalId }: Json) => terminalId === "600004").merchantName).toBe("Fica");
  });
});
