import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, faults, read } from "../support/actions.ts";
import { type CallsBy, type MadeKey, makeKey } from "../support/keys.ts";
import { keepFromMidnight, untilMidnight } from "../support/midnight.ts";
import { asOperator, signedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

/** A phone that approves at once. */
const QUICK = "960000001";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await keepFromMidnight(stage);
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

async function paid(amount = 5000): Promise<string> {
  const id = await createPayment(stage, { amount });
  await askPhone(stage, id, QUICK);
  await stage.settle();
  return id;
}

async function held(amount = 5000): Promise<string> {
  const id = await createPayment(stage, { amount, capture: "manual" });
  await askPhone(stage, id, QUICK);
  await stage.settle();
  return id;
}

const limited = (refundLimit: number, by?: CallsBy): Promise<MadeKey> =>
  makeKey(stage, ["refunds:write", "payments:read", "admin"], { refundLimit }, by);
const capturing = (captureLimit: number): Promise<MadeKey> =>
  makeKey(stage, ["payments:write", "payments:read"], { captureLimit });
const refund = (api: CallsBy, payment: string, amount?: number, headers?: Record<string, string>) =>
  api("POST", `/v1/payments/${payment}/refunds`, amount === undefined ? undefined : { amount }, headers);
const capture = (api: CallsBy, payment: string, amount?: number, headers?: Record<string, string>) =>
  api("POST", `/v1/payments/${payment}/capture`, amount === undefined ? undefined : { amount }, headers);
const refusal = (of: string, left: number, kind = "refund") => ({
  status: 403,
  body: { type: `/problems/${kind}_limit`, of, left, errors: [{ field: "/amount" }] },
});
const tooMuch = (of: string, left: number) => refusal(of, left, "capture");

describe("a key with a limit of refunds", () => {
  it("gives back so much of a payment at most, whoever gave back the rest, and all of it is an amount like another", async () => {
    const { api } = await limited(2000);
    const id = await paid();
    expect(await refund(api, id)).toMatchObject(refusal("payment", 2000));
    expect(await refund(api, id, 2001)).toMatchObject(refusal("payment", 2000));
    expect(await refund(stage.api, id, 1500)).toMatchObject({ status: 201 });
    expect(await refund(api, id, 501)).toMatchObject(refusal("payment", 500));
    expect(await refund(api, id, 500)).toMatchObject({ status: 201, body: { status: "succeeded" } });
    expect(await refund(api, id, 1)).toMatchObject(refusal("payment", 0));
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 2000 });
    expect((await refund(stage.api, id)).body.amount).toBe(3000);
  });

  it("gives back so much within a day of Lisbon's, over all payments; the next day anew", async () => {
    const { api } = await limited(2000);
    expect((await refund(api, await paid(1200))).status).toBe(201);
    expect(await refund(api, await paid(801))).toMatchObject(refusal("day", 800));
    const id = await paid(800);
    expect((await refund(api, id)).status).toBe(201);
    expect(await refund(api, await paid(1), 1)).toMatchObject(refusal("day", 0));
    expect((await refund(stage.api, await paid())).status).toBe(201);
    await stage.advance(untilMidnight(stage) + 1);
    expect((await refund(api, await paid(2000))).status).toBe(201);
  });

  it("loses nothing of it by a refund that fails at once, and does by one that is in doubt", async () => {
    const { api } = await limited(1000);
    const id = await paid();
    await faults(stage, { refund: { http: { 400: 1 } } });
    const failed = await refund(api, id, 1000);
    expect(failed.body.status).toBe("failed");
    await faults(stage, { refund: { dropAnswer: 1 }, status: { http: { 503: 1 } } });
    expect((await refund(api, id, 600)).body.status).toBe("in_doubt");
    await faults(stage, {});
    expect(await refund(api, await paid(), 401)).toMatchObject(refusal("day", 400));
    expect(await refund(api, await paid(), 400)).toMatchObject({ status: 201 });
  });

  it("has back what nothing came of, also where that is found out later: whoever sent it may be dead", async () => {
    await stage.advance(untilMidnight(stage) + 1);
    const { api } = await limited(1000);
    const [id, other] = [await paid(), await paid()];
    await faults(stage, { refund: { html: 1 } });
    const { body } = await refund(api, id, 600);
    expect(body.status).toBe("in_doubt");
    await faults(stage, {});
    expect(await refund(api, id, 401)).toMatchObject(refusal("payment", 400));
    expect(await refund(api, other, 401)).toMatchObject(refusal("day", 400));
    expect(await refund(stage.api, other, 100)).toMatchObject({ body: { status: "succeeded" } });
    await stage.advance(75 * 60);
    expect((await read(stage, id)).refunds).toMatchObject([{ status: "failed", failure: { reason: "not_sent" } }]);
    expect(await refund(api, id, 1000)).toMatchObject({ status: 201, body: { status: "succeeded" } });
    expect(await refund(api, other, 1)).toMatchObject(refusal("day", 0));
  });

  it("has nothing back of what a person says that nothing came of: it may be they whose day it is", async () => {
    const { api } = await limited(1000);
    const id = await paid();
    await faults(stage, { refund: { html: 1 }, status: { http: { 404: 1 } } });
    const { body } = await refund(api, id, 600);
    await stage.api("POST", `/v1/operations/${body.id}/settle`, { outcome: "not_done", note: "Not in Backoffice." });
    expect((await read(stage, id)).refunds).toMatchObject([{ status: "failed" }]);
    await faults(stage, {});
    expect(await refund(api, await paid(), 401)).toMatchObject(refusal("day", 400));
  });

  it("holds for money that is in no sum as well", async () => {
    const { api } = await limited(500);
    const id = await createPayment(stage, { latePayments: "refund" });
    const { body: attempt } = await askPhone(stage, id);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await faults(stage, { refund: { http: { 400: 1 } } });
    await approve(stage);
    await stage.advance(5);
    const path = `/v1/payments/${id}/attempts/${attempt.id}/refunds`;
    await faults(stage, {});
    expect(await api("POST", path)).toMatchObject(refusal("payment", 500));
    expect(await api("POST", path, { amount: 500 })).toMatchObject({ status: 201, body: { reason: "returned" } });
    expect(await refund(api, await paid(), 1)).toMatchObject(refusal("day", 0));
  });

  it("counts what those give back that were made with it, however many", async () => {
    const { api } = await limited(1000);
    const [one, two] = [await limited(600, api), await limited(1000, api)];
    expect((await refund(one.api, await paid(), 600)).status).toBe(201);
    expect(await refund(two.api, await paid(), 401)).toMatchObject(refusal("day", 400));
    expect(await refund(one.api, await paid(), 1)).toMatchObject(refusal("day", 0));
    expect((await refund(two.api, await paid(), 400)).status).toBe(201);
    expect(await refund(api, await paid(), 1)).toMatchObject(refusal("day", 0));
    await stage.api("DELETE", `/v1/keys/${one.id}`);
    const third = await limited(1000, api);
    expect(await refund(third.api, await paid(), 1)).toMatchObject(refusal("day", 0));
  });

  it("keeps no refusal for whoever asks again with the same Idempotency-Key and may, and repeats no refund for another", async () => {
    const { api } = await limited(100);
    const id = await paid();
    const key = { "idempotency-key": "order-17-refund" };
    expect(await refund(api, id, 300, key)).toMatchObject(refusal("payment", 100));
    const made = await refund(stage.api, id, 300, key);
    expect(made.status).toBe(201);
    expect((await refund(api, id, 300, key)).body).toEqual(made.body);
    const reader = await makeKey(stage, ["payments:read"]);
    expect(await refund(reader.api, id, 300, key)).toMatchObject({ status: 403, body: { scope: "refunds:write" } });
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 300 });
  });

  it("counts a request once, however often it is sent", async () => {
    const { api } = await limited(1000);
    const id = await paid();
    const key = { "idempotency-key": "order-18-refund" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => refund(api, id, 600, key)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect((await refund(api, await paid(), 400)).status).toBe(201);
    expect(await refund(api, await paid(), 1)).toMatchObject(refusal("day", 0));
  });
});

describe("a refunder with a limit of their own", () => {
  it("gives back so much of a payment at most, and so much within a day, and is told what is left", async () => {
    const rui = await asOperator(stage, "refunder", { refundLimit: 2000 });
    const { api } = rui;
    const id = await paid();
    expect(await refund(api, id)).toMatchObject(refusal("payment", 2000));
    expect(await refund(stage.api, id, 1500)).toMatchObject({ status: 201 });
    expect(await refund(api, id, 501)).toMatchObject(refusal("payment", 500));
    expect((await api("GET", "/v1/me")).body).toMatchObject({ refundLimit: 2000, refundableToday: 2000 });
    expect(await refund(api, id, 500)).toMatchObject({ status: 201 });
    expect(await refund(api, await paid(), 1501)).toMatchObject(refusal("day", 1500));
    expect((await api("GET", "/v1/me")).body).toMatchObject({ refundableToday: 1500 });
    await stage.advance(untilMidnight(stage) + 1);
    const tomorrow = await signedIn(stage, rui.id);
    expect((await refund(tomorrow.api, await paid(2000))).status).toBe(201);
  });

  it("has one day, from whatever browser, and shares it with those whom they invited and the keys that they made", async () => {
    const ana = await asOperator(stage, "owner", { refundLimit: 1000 });
    const wanted = { name: "Rui", role: "refunder", refundLimit: 800 };
    const { body: rui } = await ana.api("POST", "/v1/operators", wanted);
    const key = await makeKey(stage, ["refunds:write"], { refundLimit: 1000 }, ana.api);
    const invited = await signedIn(stage, rui.id);
    expect((await refund(invited.api, await paid(), 600)).status).toBe(201);
    expect(await refund((await signedIn(stage, rui.id)).api, await paid(), 201)).toMatchObject(refusal("day", 200));
    expect(await refund(ana.api, await paid(), 401)).toMatchObject(refusal("day", 400));
    expect((await refund(key.api, await paid(), 300)).status).toBe(201);
    expect(await refund(invited.api, await paid(), 101)).toMatchObject(refusal("day", 100));
    expect((await refund(ana.api, await paid(), 100)).status).toBe(201);
    expect(await refund(key.api, await paid(), 1)).toMatchObject(refusal("day", 0));
  });

  it("may give back no more from the moment on at which their limit is lowered", async () => {
    const ana = await asOperator(stage, "owner");
    const rui = await asOperator(stage, "refunder", { refundLimit: 2000 });
    expect((await refund(rui.api, await paid(), 600)).status).toBe(201);
    await ana.api("POST", `/v1/operators/${rui.id}`, { refundLimit: 700 });
    expect(await refund(rui.api, await paid(), 101)).toMatchObject(refusal("day", 100));
    await ana.api("POST", `/v1/operators/${rui.id}`, { role: "support" });
    expect(await refund(rui.api, await paid(), 1)).toMatchObject({ body: { type: "/problems/role_missing" } });
  });
});

describe("a key, or a person, with a limit of captures", () => {
  it("captures so much of a payment at most, whoever captured the rest, and so much within a day of Lisbon's", async () => {
    const { api } = await capturing(2000);
    const id = await held();
    expect(await capture(api, id)).toMatchObject(tooMuch("payment", 2000));
    expect(await capture(stage.api, id, 1500)).toMatchObject({ status: 200 });
    expect(await capture(api, id, 501)).toMatchObject(tooMuch("payment", 500));
    expect(await capture(api, id, 500)).toMatchObject({ status: 200, body: { amountCaptured: 2000 } });
    expect(await capture(api, await held(), 1501)).toMatchObject(tooMuch("day", 1500));
    expect((await capture(api, await held(1500))).status).toBe(200);
    const other = await held();
    expect(await capture(api, other, 1)).toMatchObject(tooMuch("day", 0));
    expect((await api("POST", `/v1/payments/${other}/cancel`, { amount: 3000 })).status).toBe(200);
    await stage.advance(untilMidnight(stage) + 1);
    expect((await capture(api, other, 2000)).status).toBe(200);
  });

  it("counts captures and refunds apart, is told what is left, and shares its day with whom it invited and its keys", async () => {
    const ana = await asOperator(stage, "owner", { refundLimit: 700, captureLimit: 1000 });
    const wanted = { name: "Rui", role: "refunder", refundLimit: 700 };
    const beyond = await ana.api("POST", "/v1/operators", { ...wanted, captureLimit: 1001 });
    expect(beyond).toMatchObject({
      status: 403,
      body: { type: "/problems/operator_beyond_yours", errors: [{ field: "/captureLimit" }] },
    });
    // nobody of support captures: they need no limit
    expect((await ana.api("POST", "/v1/operators", { name: "Eva", role: "support" })).status).toBe(201);
    const { body: told } = await ana.api("POST", "/v1/operators", { ...wanted, captureLimit: 800 });
    expect(told).toMatchObject({ refundLimit: 700, captureLimit: 800 });
    const unlimited = await ana.api("POST", "/v1/keys", { name: "Till", scopes: ["payments:write"] });
    expect(unlimited.body).toMatchObject({
      type: "/problems/key_beyond_yours",
      errors: [{ field: "/captureLimit" }],
    });
    const till = await makeKey(stage, ["payments:write"], { captureLimit: 1000 }, ana.api);
    const rui = await signedIn(stage, told.id);
    const id = await held();
    expect((await capture(rui.api, id, 600)).status).toBe(200);
    expect((await refund(rui.api, id, 600)).status).toBe(201);
    expect((await rui.api("GET", "/v1/me")).body).toMatchObject({
      refundLimit: 700,
      refundableToday: 100,
      captureLimit: 800,
      capturableToday: 200,
    });
    expect(await capture(ana.api, await held(), 401)).toMatchObject(tooMuch("day", 400));
    expect((await capture(till.api, await held(), 300)).status).toBe(200);
    expect(await capture(rui.api, await held(), 101)).toMatchObject(tooMuch("day", 100));
    const first = await asOperator(stage, "owner");
    await first.api("POST", `/v1/operators/${rui.id}`, { captureLimit: 50 });
    expect(await capture(rui.api, await held(), 51)).toMatchObject(tooMuch("payment", 50));
    await first.api("POST", `/v1/operators/${rui.id}`, { captureLimit: null });
    expect((await capture(rui.api, await held())).status).toBe(200);
  });

  it("loses nothing of it by a capture that fails at once, and counts one that is sent again once", async () => {
    const { api } = await capturing(1000);
    await faults(stage, { capture: { http: { 400: 1 } } });
    expect((await capture(api, await held(), 1000)).status).toBe(422);
    await faults(stage, {});
    const id = await held();
    const key = { "idempotency-key": "order-19-capture" };
    const answers = await Promise.all(Array.from({ length: 4 }, () => capture(api, id, 600, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await capture(api, await held(), 400)).status).toBe(200);
    expect(await capture(api, await held(), 1)).toMatchObject(tooMuch("day", 0));
  });
});

// the last: from here on SIBS notifies the other server
it("never does more by asking at once, of many payments, at two servers, by a key or a person", async () => {
  const limits = { refundLimit: 1000, captureLimit: 1000 };
  const { secret } = await makeKey(stage, ["refunds:write", "payments:write"], limits);
  const { cookie } = await asOperator(stage, "refunder", limits);
  const ways: readonly Record<string, string>[] = [
    { authorization: `Bearer ${secret}` },
    { cookie, "sec-fetch-site": "same-origin" },
  ];
  const many = (ready: typeof paid) => Promise.all(Array.from({ length: 12 }, () => ready(400)));
  const kinds = [
    { path: "refunds", done: 201, sum: "amountRefunded", list: "refunds", payments: await many(paid) },
    { path: "capture", done: 200, sum: "amountCaptured", list: "captures", payments: await many(held) },
  ];
  const other = await stage.startAnother();
  for (const { path, done, payments } of kinds) {
    for (const [way, headers] of ways.entries()) {
      const there = (id: string) =>
        fetch(`${other.url}/v1/payments/${id}/${path}`, {
          method: "POST",
          headers: { ...headers, "idempotency-key": crypto.randomUUID() },
        });
      const here = (id: string) => stage.api("POST", `/v1/payments/${id}/${path}`, undefined, headers);
      const asked = payments.slice(way * 6, way * 6 + 6);
      const answers = await Promise.all(
        asked.map(async (id, place) => (await (place % 2 ? there(id) : here(id))).status),
      );
      expect(answers.toSorted()).toEqual([done, done, ...Array(4).fill(403)]);
    }
  }
  for (const { sum, list, payments } of kinds) {
    const shown = await Promise.all(payments.map((id) => read(stage, id)));
    expect(shown.reduce((all, payment) => all + payment[sum], 0)).toBe(1600);
    for (const payment of shown) expect(payment[list]).toHaveLength(payment[sum] / 400);
  }
});
