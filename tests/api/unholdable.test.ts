import { sealNotification } from "@caravela/sibs/notification";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, read } from "../support/actions.ts";
import type { Line } from "../support/line.ts";
import type { Stage } from "../support/stage.ts";
import { setStageOnLine } from "../support/stage-on-line.ts";

const HALF = "\ud83d";

describe("a text that PostgreSQL cannot hold", () => {
  let stage: Stage;
  let line: Line;
  beforeAll(async () => {
    ({ stage, line } = await setStageOnLine());
  });
  afterAll(() => stage.close());

  /** Notifies as SIBS does, of a transaction of nobody. */
  async function notify(notification: object | string) {
    const { body } = await stage.sandbox("GET", "/terminals");
    const sealed = await sealNotification(notification, body.terminals[0].webhook.secret);
    const answer = await fetch(`${stage.server.url}/notifications/sibs`, { method: "POST", ...sealed });
    return { status: answer.status, body: await answer.json() };
  }

  const notice = (id: string, more: object = {}) => ({
    notificationID: id,
    transactionID: `of-${id}`.slice(0, 100),
    paymentStatus: "Success",
    ...more,
  });
  const unholdable = [
    notice("in-text", { returnStatus: { statusMsg: "a\0b" } }),
    notice("in-a-name", { "a\0b": 1 }),
    notice("half-a-pair", { returnStatus: { statusMsg: HALF } }),
    notice("in-the-id\0"),
    notice(`half-in-the-id${HALF}`),
    { ...notice("in-the-transaction"), transactionID: "s\0" },
    notice("in-the-merchant", { merchant: { transactionId: "att_\0" } }),
    notice(`long-${"x".repeat(9_000)}`),
    { ...notice("long-transaction"), transactionID: crypto.randomUUID().repeat(300) },
  ];

  it("is kept as it came in a notification, acknowledged, and takes no other of the same moment with it", async () => {
    const good = Array.from({ length: 18 }, (_, place) => notice(`good-${place}`));
    const all = [...good.slice(0, 9), ...unholdable, ...good.slice(9)];
    const answers = await Promise.all(all.map(notify));
    expect(answers.map(({ status }) => status)).toEqual(all.map(() => 200));
    expect(answers.map(({ body }) => body.notificationID)).toEqual(all.map(({ notificationID }) => notificationID));
    const { rows } = await stage.pool.query("select coalesce(raw, plaintext::text) as text from notification");
    const kept = rows.map(({ text }) => JSON.parse(text));
    for (const one of all) expect(kept).toContainEqual(one);
    // and once, however often it comes
    await Promise.all(unholdable.map(notify));
    expect((await stage.pool.query("select from notification")).rowCount).toBe(all.length);
    await stage.settle();
    expect((await stage.pool.query("select from notification where due_at <= now()")).rowCount).toBe(0);
  });

  it.each([200, 10_000])("is kept to the letter where it is nested %i times", async (levels) => {
    const nested = `${"[".repeat(levels)}"\\u0000"${"]".repeat(levels)}`;
    const text = JSON.stringify(notice(`nested-${levels}`)).replace(/}$/, `,"more":{"n":${nested}}}`);
    expect(await notify(text)).toMatchObject({ status: 200, body: { notificationID: `nested-${levels}` } });
    const { rows } = await stage.pool.query("select raw, plaintext from notification where id = $1", [
      `nested-${levels}`,
    ]);
    expect(rows[0].raw).toBe(text);
    expect(rows[0].plaintext).toMatchObject(notice(`nested-${levels}`));
  });

  it("stores one by one a group of which one cannot be stored for another reason", async () => {
    await stage.pool.query("alter table notification add constraint planted check (id <> 'planted')");
    const all = [notice("beside-1"), notice("planted"), notice("beside-2")];
    const answers = await Promise.all(all.map(notify));
    expect(answers.map(({ status }) => status)).toEqual([200, 500, 200]);
    await stage.pool.query("alter table notification drop constraint planted");
    expect((await notify(notice("planted"))).status).toBe(200);
  });

  it.each([
    ["POST", "/v1/payments", { description: "a\0b" }, "/description"],
    ["POST", "/v1/payments", { description: HALF }, "/description"],
    ["POST", "/v1/payments", { reference: "\0" }, "/reference"],
    ["POST", "/v1/payments", { metadata: { "a\0": "b" } }, "/metadata/a\0"],
    ["POST", "/v1/payments", { metadata: { note: "\0" } }, "/metadata/note"],
    ["POST", "/v1/payments", { customer: { id: "c\0" } }, "/customer/id"],
    ["GET", "/v1/payments?reference=%00", undefined, "reference"],
    ["GET", "/v1/tokens?customer=c%00", undefined, "customer"],
    ["POST", "/v1/mandates", { description: "\0", phone: "919999999", customer: { name: "Ana" } }, "/description"],
  ])("is refused in %s %s %j, naming it", async (method, path, changes, field) => {
    const order = path.endsWith("payments")
      ? { amount: 550, currency: "EUR", reference: "r", ...changes }
      : { type: "subscription", ...changes };
    const answer = await stage.api(method, path, method === "POST" ? order : undefined);
    expect([answer.status, answer.body.errors?.map((one: { field: string }) => one.field)]).toEqual([400, [field]]);
  });

  it("is of nothing, as an id", async () => {
    expect((await stage.api("GET", "/v1/payments/pay_%00")).status).toBe(404);
  });

  it("in a form of a page is refused by a page", async () => {
    const { payUrl } = await read(stage, await createPayment(stage));
    const form = new URLSearchParams({ phone: "91\u00009999999" });
    const answer = await fetch(`${payUrl}/mbway`, { method: "POST", body: form, redirect: "manual" });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([422, "text/html; charset=utf-8"]);
  });

  it("in SIBS's answers hinders no payment", async () => {
    const spoilt = { statusCode: "000", statusMsg: "Suc\0cess", statusDescription: HALF };
    for (const call of ["/payments", "purchase", "status", "refund"])
      line.alter(call, ({ status, body }) => ({
        status,
        body: {
          ...body,
          returnStatus: { ...(body.returnStatus as object), ...spoilt },
          merchant: { terminalId: "\0" },
        },
      }));
    const id = await createPayment(stage);
    expect((await askPhone(stage, id)).status).toBe(201);
    await approve(stage);
    await stage.settle();
    expect((await read(stage, id)).status).toBe("paid");
    expect((await stage.api("POST", `/v1/payments/${id}/refunds`, {})).body).toMatchObject({ status: "succeeded" });
    line.alter("purchase", ({ body }) => ({
      status: 400,
      body: { ...body, paymentStatus: "Declined", returnStatus: { statusCode: "E0\0", statusMsg: "\0" } },
    }));
    const refused = await createPayment(stage);
    const attempt = await askPhone(stage, refused, "916000001");
    expect(attempt).toMatchObject({ status: 201, body: { status: "declined" } });
  });
});
