import { sealNotification } from "@caravela/sibs/notification";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, faults, read } from "../support/actions.ts";
import { makeKey } from "../support/keys.ts";
import { askMandate, authorise, changeOnPhone, newPhone } from "../support/mandates.ts";
import { makePlan, readPlan } from "../support/plans.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { type Description, readDescription } from "./described.ts";

let stage: Stage;
let description: Description;
beforeAll(async () => {
  stage = await setStage();
  description = await readDescription(stage);
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly reference: string | null;
  readonly text: string;
  readonly next: string;
  readonly actions: readonly { readonly method: string; readonly path: string; readonly text: string }[];
}

async function tasks(language = "en", query = ""): Promise<Shown[]> {
  const { status, body } = await stage.api("GET", `/v1/tasks${query}`, undefined, { "Accept-Language": language });
  expect(status).toBe(200);
  expect(faultsOf(body)).toEqual([]);
  return body.data;
}

/** Each call that a task names is one that the API has. */
function faultsOf({ data }: { data: readonly Shown[] }): string[] {
  const paths = Object.keys(description.document.paths).map(
    (path) => new RegExp(`^${path.replace(/{\w+}/g, "[^/]+")}$`),
  );
  const calls = data.flatMap(({ actions }) => actions.map(({ path }) => path));
  return calls.filter((path) => !paths.some((one) => one.test(path)));
}

/** Those of one subject are those of all that are its own. */
async function of(subject: string): Promise<Shown[]> {
  const own = (await tasks()).filter((one) => one.subject === subject);
  // whoever reckons knows a payment by its order
  const reference = subject.startsWith("pay_") ? (await read(stage, subject)).reference : null;
  for (const one of own) expect(one.reference).toBe(reference);
  expect(await tasks("en", `?subject=${subject}`)).toEqual(own);
  return own;
}
/** The ids of all tasks, so many at a time and no more. */
async function pageByPage(limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const { status, body } = await stage.api("GET", `/v1/tasks?limit=${limit}${next && `&after=${next}`}`);
    expect(status).toBe(200);
    expect(body.data.length).toBeLessThanOrEqual(limit);
    expect(body.hasMore).toBe(body.next !== null);
    ids.push(...body.data.map(({ id }: Shown) => id));
    next = body.next;
  }
  return ids;
}

/** Makes the call of a task that has this end: as it names it. */
async function call(task: Shown | undefined, end: string, body?: object): Promise<number> {
  const action = task?.actions.find(({ path }) => path.endsWith(end));
  return (await stage.api(action?.method ?? "", action?.path ?? "", body)).status;
}

async function paid(): Promise<`pay_${string}`> {
  const id = await createPayment(stage);
  await askPhone(stage, id);
  await approve(stage);
  await stage.advance(5);
  expect((await read(stage, id)).status).toBe("paid");
  return id;
}

describe("what needs a person", () => {
  it("is a refund in doubt once that lasts, and is gone when it is settled by the call that it names", async () => {
    const id = await paid();
    await faults(stage, { refund: { dropAnswer: 1 }, status: { http: { 503: 1 } } }, { drop: 1 });
    await stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 100 });
    await stage.advance(60);
    expect(await of(id)).toEqual([]);
    await stage.advance(300);
    const [task] = await of(id);
    expect(task).toMatchObject({ kind: "operation_in_doubt" });
    const { data } = (await stage.api("GET", `/v1/refunds?payment=${id}`)).body;
    expect(data).toMatchObject([{ payment: id, reference: task?.reference }]);
    await faults(stage, {});
    const call = task?.actions.find(({ path }) => path.endsWith("/settle"));
    const answer = await stage.api("POST", call?.path ?? "", { outcome: "done", note: "SIBS Backoffice has it." });
    expect(answer.status).toBe(200);
    expect(await of(id)).toEqual([]);
  });

  it("is a refund that SIBS refused, until somebody says that it is done with", async () => {
    const other = await createPayment(stage);
    await askPhone(stage, other, "960000011");
    await stage.advance(15);
    expect((await read(stage, other)).status).toBe("paid");
    await stage.api("POST", `/v1/payments/${other}/refunds`);
    await stage.settle();
    const [task] = await of(other);
    expect(task).toMatchObject({ kind: "refund_failed" });
    expect(task?.actions.map(({ path }) => path)).toEqual([
      `/v1/payments/${other}/refunds`,
      `/v1/payments/${other}/journal`,
      `/v1/tasks/${task?.id}/done`,
    ]);
    const done = `/v1/tasks/${task?.id}/done`;
    expect((await stage.api("POST", done, {})).status).toBe(400);
    expect((await stage.api("POST", done, { note: "Paid back by transfer." })).status).toBe(200);
    expect(await of(other)).toEqual([]);
  });

  it("is read page by page", async () => {
    for (let n = 0; n < 2; n += 1) {
      const id = await createPayment(stage);
      await askPhone(stage, id, "960000011");
      await stage.advance(15);
      await stage.api("POST", `/v1/payments/${id}/refunds`);
    }
    const ids = await pageByPage(1);
    expect(ids.length).toBeGreaterThan(1);
    expect(ids).toEqual((await tasks()).map(({ id }) => id));
  });

  it("tells of money that came late and went back by itself, in both languages", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await approve(stage);
    await stage.advance(5);
    const [task] = await of(id);
    expect(task).toMatchObject({
      kind: "money_given_back",
      text: "Money came when the payment was over, and went back to the customer.",
    });
    const inPortuguese = (await tasks("pt")).find(({ id }) => id === task?.id);
    expect(inPortuguese?.text).toBe(
      "O dinheiro chegou quando o pagamento já tinha acabado, e foi devolvido ao cliente.",
    );
  });

  it("is what an endpoint does not take, and what cannot be opened", async () => {
    stage.shopAnswers = 500;
    await createPayment(stage);
    await stage.advance(600);
    const { url } = stage.server;
    await fetch(`${url}/notifications/sibs`, { method: "POST", body: "garbage" });
    const all = await tasks();
    const kinds = all.map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(["events_undelivered", "notifications_refused"]);
    expect(await pageByPage(1)).toEqual(all.map(({ id }) => id));
    expect(await pageByPage(2)).toEqual(all.map(({ id }) => id));
    const [undelivered] = all;
    const till = await makeKey(stage, ["payments:read", "payments:write"]);
    const told = (await till.api("GET", "/v1/tasks")).body.data.map(({ kind }: Shown) => kind);
    expect(told).toEqual(kinds.filter((kind) => kind !== "events_undelivered"));
    const ended = await till.api("POST", `/v1/tasks/${undelivered?.id}/done`, { note: "Not mine to say." });
    expect(ended.status).toBe(404);
    await stage.advance(4 * 24 * 3600);
    const given = (await tasks()).find(({ kind }) => kind === "events_undelivered");
    expect(given?.text).toContain("given up: after three days");
    stage.shopAnswers = 200;
    const resend = given?.actions.find(({ path }) => path === "/v1/events/resend");
    const body = JSON.parse(/`(.*)`/.exec(resend?.text ?? "")?.[1] ?? "null");
    expect(body).toEqual({ filter: { endpoint: given?.subject, undelivered: true } });
    const inPortuguese = (await tasks("pt")).find(({ id }) => id === given?.id);
    expect(inPortuguese?.actions.find(({ path }) => path === resend?.path)?.text).toContain(JSON.stringify(body));
    for (const kind of ["events_undelivered", "notifications_refused"]) {
      const task = (await tasks()).find((one) => one.kind === kind);
      const answer = await stage.api("POST", `/v1/tasks/${task?.id}/done`, { note: "The shop was down." });
      expect(answer.status).toBe(200);
      // with it, so that a server that ends before it has answered does it no second time, for what has come since
      const committed = await stage.pool.query("select status from idempotency where resource = $1", [task?.id]);
      expect(committed.rows).toEqual([{ status: 200 }]);
    }
    expect(await stage.api("POST", "/v1/events/resend", body)).toMatchObject({ status: 200 });
    const left = (await tasks()).map(({ kind }) => kind);
    expect(left).not.toContain("events_undelivered");
    expect(left).not.toContain("notifications_refused");
  });

  it("is what an endpoint that is gone has not taken, which can be sent again once it is registered again", async () => {
    stage.shopAnswers = 410;
    await createPayment(stage);
    await stage.settle();
    stage.shopAnswers = 200;
    const gone = (await tasks()).find(({ kind }) => kind === "events_undelivered");
    expect(gone?.text).toMatch(/answered 410: it has ended/);
    expect((await tasks("pt")).find(({ id }) => id === gone?.id)?.text).toMatch(/respondeu 410: ficou desligado/);
    expect(gone?.actions.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /v1/event-endpoints",
      `DELETE /v1/event-endpoints/${gone?.subject}`,
      `POST /v1/tasks/${gone?.id}/done`,
    ]);
    const body = { filter: { endpoint: gone?.subject, undelivered: true } };
    expect(await stage.api("POST", "/v1/events/resend", body)).toMatchObject({ status: 422 });
    const { data } = (await stage.api("GET", "/v1/event-endpoints")).body;
    const { url } = data.find(({ id }: { id: string }) => id === gone?.subject);
    await stage.api("POST", "/v1/event-endpoints", { url });
    const again = (await tasks()).find(({ kind }) => kind === "events_undelivered");
    expect(again?.text).toContain("some were given up: after three days, or because it answered 410");
    expect(again?.actions.map(({ path }) => path)).toContain("/v1/events/resend");
    expect(await stage.api("POST", "/v1/events/resend", body)).toMatchObject({ status: 200 });
    await stage.settle();
    expect((await tasks()).map(({ kind }) => kind)).not.toContain("events_undelivered");
  });

  it("ends by no word where another call ends it, and is none that is not there", async () => {
    expect((await stage.api("POST", "/v1/tasks/attention.in_doubt.att_1/done", { note: "x" })).status).toBe(404);
    expect((await stage.api("POST", "/v1/tasks/nothing/done", { note: "x" })).status).toBe(404);
    const noEndpoint = "events_undelivered.ep_00000000000000000000";
    expect((await stage.api("POST", `/v1/tasks/${noEndpoint}/done`, { note: "x" })).status).toBe(404);
    expect((await stage.api("GET", "/v1/tasks?kind=")).status).toBe(400);
  });
});

describe("what needs a person is there once, says what to do, and is ended by the call that it names:", () => {
  it("a capture that was refused", async () => {
    const id = await createPayment(stage, { capture: "manual" });
    const phone = newPhone();
    await askPhone(stage, id, phone);
    await approve(stage, phone);
    await stage.settle();
    await faults(stage, { capture: { http: { 400: 1 } } });
    expect((await stage.api("POST", `/v1/payments/${id}/capture`)).status).toBe(422);
    await faults(stage, {});
    const [task, ...others] = await of(id);
    expect(others).toEqual([]);
    expect(task).toMatchObject({ kind: "capture_refused", text: expect.stringContaining("Capture it again") });
    expect(await call(task, "/capture")).toBe(200);
    expect(await of(id)).toEqual([]);
  });

  it("a request for an authorised payment in doubt", async () => {
    await faults(stage, { "mbway-mandates/creation": { dropAnswer: 1 }, status: { http: { 503: 1 } } }, { drop: 1 });
    const { body } = await askMandate(stage, newPhone());
    await stage.advance(240);
    expect(await of(body.id)).toEqual([]);
    await stage.advance(120);
    const [task, ...others] = await of(body.id);
    expect(others).toEqual([]);
    expect(task).toMatchObject({ kind: "mandate_in_doubt", text: expect.stringContaining("End it and ask anew") });
    await faults(stage, {});
    expect(await call(task, "/cancel")).toBe(200);
    expect(await of(body.id)).toEqual([]);
  });

  it("a plan that stopped with its authorised payment", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone, { limit: "50.00", validUntil: "2099-12-31" });
    await makePlan(stage, mandate, { every: "month" });
    await changeOnPhone(stage, phone, "cancel");
    // SIBS was down a moment ago, and is spared for a while
    await stage.advance(120);
    const [task, ...others] = await of(mandate);
    expect(others).toEqual([]);
    expect(task).toMatchObject({ kind: "plan_stopped", text: expect.stringContaining("Ask the customer for another") });
    expect(await call(task, "/done", { note: "They left." })).toBe(200);
    expect(await of(mandate)).toEqual([]);
  });

  it("a plan's charge that is not tried any more", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone, { limit: "50.00", validUntil: "2099-12-31" });
    const plan = await makePlan(stage, mandate, { every: "month" });
    const { nextCharge } = await readPlan(stage, plan.id);
    await changeOnPhone(stage, phone, "change", { limit: "5.00" });
    const [{ terminalId }] = (await stage.sandbox("GET", "/terminals")).body.terminals;
    await stage.sandbox("PUT", `/terminals/${terminalId}`, { disableMandateMBWAYFallback: true });
    await stage.advance(Math.ceil((Date.parse(nextCharge.at) - stage.now()) / 1000) + 60);
    const [{ id }] = (await stage.api("GET", `/v1/payments?plan=${plan.id}`)).body.data;
    // it is tried again by itself
    expect(await of(id)).toEqual([]);
    await stage.advance(8 * 24 * 3600);
    await stage.sandbox("PUT", `/terminals/${terminalId}`, { disableMandateMBWAYFallback: false });
    const [task, ...others] = await of(id);
    expect(others).toEqual([]);
    expect(task).toMatchObject({ kind: "charge_stopped", text: expect.stringContaining("pay in another way") });
    expect(await call(task, "/cancel")).toBe(200);
    expect(await of(id)).toEqual([]);
    await stage.api("POST", `/v1/mandates/${mandate}/cancel`);
  });

  it("notifications of what is not known here", async () => {
    const unmatched = async () => (await tasks()).filter(({ kind }) => kind === "notifications_unmatched");
    const notice = {
      returnStatus: { statusCode: "000", statusMsg: "Success" },
      paymentStatus: "Success",
      paymentMethod: "MBWAY",
      paymentType: "PURS",
      transactionID: "s2OfAnotherSystem0000000",
      amount: { currency: "EUR", value: 5.5 },
      merchant: { transactionId: "of-another-system" },
      notificationID: crypto.randomUUID(),
    };
    const [known] = (await stage.sandbox("GET", "/terminals")).body.terminals;
    const sealed = await sealNotification(notice, known.webhook.secret);
    const answer = await fetch(`${stage.server.url}/notifications/sibs`, { method: "POST", ...sealed });
    expect(answer.status).toBe(200);
    expect(await unmatched()).toEqual([]);
    await stage.advance(360);
    const [task, ...others] = await unmatched();
    expect(others).toEqual([]);
    expect(task?.text).toContain("does not know (1)");
    expect(await call(task, "/done", { note: "The old shop uses the terminal too." })).toBe(200);
    expect(await unmatched()).toEqual([]);
  });
});
