import { sealNotification } from "@caravela/sibs/notification";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, eventTypesOf, faults, read } from "../support/actions.ts";
import { rawPost } from "../support/raw-post.ts";
import { type Stage, setStage } from "../support/stage.ts";

describe("SIBS's notifications", () => {
  let stage: Stage;
  let secret: string;
  beforeAll(async () => {
    stage = await setStage();
    const { body } = await stage.sandbox("GET", "/terminals");
    secret = body.terminals[0].webhook.secret;
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  const notify = async (plaintext: object, key = secret) => {
    const sealed = await sealNotification(plaintext as never, key);
    const answer = await fetch(`${stage.server.url}/notifications/sibs`, {
      method: "POST",
      headers: sealed.headers,
      body: sealed.body,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const notice = (changes: object) => ({
    returnStatus: { statusMsg: "Success", statusCode: "000" },
    paymentStatus: "Success",
    paymentMethod: "MBWAY",
    paymentType: "PURS",
    transactionID: "s2unknown",
    amount: { currency: "EUR", value: 5.5 },
    merchant: { terminalId: 52221, transactionId: "nobody's" },
    notificationID: crypto.randomUUID(),
    ...changes,
  });
  const stored = async () => (await stage.pool.query("select count(*)::int as count from notification")).rows[0].count;

  it("arrive twice and change things once", async () => {
    await faults(stage, {}, { duplicate: 1 });
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await approve(stage);
    await stage.advance(2);
    expect(eventTypesOf(stage, id).filter((type) => type === "payment.paid")).toHaveLength(1);
  });

  it("may never arrive: the inquiry finds out by itself", async () => {
    await faults(stage, {}, { drop: 1 });
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await approve(stage);
    await stage.advance(6);
    expect((await read(stage, id)).status).toBe("paid");
  });

  it("that lie move no money: SIBS is asked, and asked again within seconds", async () => {
    const id = await createPayment(stage);
    const attempt = await askPhone(stage, id);
    const answer = await notify(notice({ transactionID: attempt.body.transactionId }));
    expect(answer.status).toBe(200);
    await stage.advance(3);
    expect(await read(stage, id)).toMatchObject({ status: "pending", amountCaptured: 0 });
    await approve(stage);
    await stage.settle();
    expect((await read(stage, id)).status).toBe("paid");
  });

  it("are acknowledged with their id, once they are durable, also when we know nothing of them", async () => {
    const unknown = notice({});
    const before = await stored();
    expect(await notify(unknown)).toEqual({
      status: 200,
      body: { statusCode: "200", statusMsg: "Success", notificationID: unknown.notificationID },
    });
    expect(await stored()).toBe(before + 1);
    await notify(unknown);
    expect(await stored()).toBe(before + 1);
  });

  it("are matched by the id we gave when the transaction is not known by SIBS's", async () => {
    await faults(stage, {}, { drop: 1 });
    const id = await createPayment(stage);
    const attempt = await askPhone(stage, id);
    await approve(stage);
    await notify(
      notice({ transactionID: "s2another", merchant: { terminalId: 52221, transactionId: attempt.body.id } }),
    );
    await stage.settle();
    expect((await read(stage, id)).status).toBe("paid");
  });

  it("sealed with another secret are answered 400, counted and not stored", async () => {
    const before = await stored();
    const answer = await notify(notice({}), Buffer.alloc(32, 7).toString("base64"));
    expect(answer.status).toBe(400);
    expect(answer.body.type).toBe("/problems/notification_unreadable");
    expect(await stored()).toBe(before);
    const metrics = await (await fetch(`${stage.server.url}/metrics`)).text();
    expect(metrics).toMatch(/caravela_notifications_refused_total\{reason="not_authentic"\} [1-9]/);
  });

  it.each(["", "not base64 at all", "AAAA"])("that are no notifications (%j) are answered 400", async (body) => {
    const answer = await fetch(`${stage.server.url}/notifications/sibs`, { method: "POST", body });
    expect(answer.status).toBe(400);
  });

  it.each([
    ["SIBS's own", ["text/plain"]],
    ["JSON's", ["application/json"]],
    ["one with a charset", ["text/plain; charset=utf-8"]],
    ["bytes", ["application/octet-stream"]],
    ["a form", ["application/x-www-form-urlencoded"]],
    ["a form of many parts", ["multipart/form-data"]],
    ["no more than a word", ["json"]],
    ["another word", ["text"]],
    ["two in one header", ["application/json, text/plain"]],
    ["two headers", ["application/json", "text/plain"]],
    ["two headers that say the same", ["text/plain", "text/plain"]],
    ["nothing between the parts", ["/;;="]],
    ["garbage", ['\u00e9\u00ff ;; "/"']],
    ["an empty one", [""]],
    ["none", []],
  ])("are taken with any Content-Type: %s", async (_what, types) => {
    const { body, headers } = await sealNotification(notice({}) as never, secret);
    const { "Content-Type": _own, ...sealed } = headers;
    const all = [...Object.entries(sealed), ...types.map((type) => ["Content-Type", type])].flat();
    const answer = await rawPost(`${stage.server.url}/notifications/sibs`, all, body);
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"statusCode":"200"')]);
  });

  it("a success that SIBS later takes back asks a person, and takes nothing from the payment", async () => {
    const id = await createPayment(stage);
    const attempt = await askPhone(stage, id);
    await approve(stage);
    await stage.settle();
    // SIBS's books say something else from now on: no call of its API can bring that about
    await stage.pool.query(
      "update sibs_gateway.transaction set outcome = 'refused_by_holder', version = version + 1 where transaction_id = $1",
      [attempt.body.transactionId],
    );
    await notify(notice({ transactionID: attempt.body.transactionId, paymentType: "RVSL" }));
    await stage.settle();
    const payment = await read(stage, id);
    expect(payment).toMatchObject({ status: "paid", attention: { reason: "taken_back" } });
    expect(eventTypesOf(stage, id).at(-1)).toBe("payment.attention");
  });

  it("of another amount than was asked never make a payment paid: a person is asked, and nothing more may be paid", async () => {
    const id = await createPayment(stage);
    const attempt = await askPhone(stage, id);
    await stage.pool.query(
      "update sibs_gateway.transaction set amount = 1, version = version + 1 where transaction_id = $1",
      [attempt.body.transactionId],
    );
    await approve(stage);
    await stage.settle();
    const payment = await read(stage, id);
    expect(payment).toMatchObject({ status: "open", amountCaptured: 0, attention: { reason: "amount_differs" } });
    expect(payment.attempts[0].status).toBe("approved");
    expect((await askPhone(stage, id)).body.type).toBe("/problems/payment_needs_attention");
  });
});
