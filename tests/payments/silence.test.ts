import { shopCalled } from "@caravela/server";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  approve,
  askPhone,
  askReference,
  createPayment,
  eventTypesOf,
  faults,
  payAtAtm,
  read,
  transactionsOf,
} from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

const DAY = 86_400;
const SILENT = { http: { 503: 1 } };

describe("a SIBS that cannot be asked", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ shop: { ...shopCalled("Loja do Cais"), contact: "help@example.pt" } });
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());
  const page = async (payUrl: string) => (await fetch(payUrl, { headers: { "accept-language": "en" } })).text();

  it("has not said that nobody paid: what it notified as paid stands until it can be asked", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "912000001");
    await stage.advance(230);
    await faults(stage, { status: SILENT });
    await approve(stage, "912000001");
    await stage.advance(120);
    const waiting = await read(stage, id);
    expect(waiting).toMatchObject({ status: "pending", attempts: [{ status: "pending", failure: null }] });
    const second = await askPhone(stage, id, "912000001");
    expect(second).toMatchObject({ status: 409, body: { type: "/problems/attempt_in_doubt" } });
    const early = await page(waiting.payUrl);
    expect(early).toContain("Do not pay again");
    expect(early).not.toContain("How to reach");
    await stage.advance(510);
    const late = await page(waiting.payUrl);
    for (const told of ["Do not pay again", "How to reach", "help@example.pt", id]) expect(late).toContain(told);
    expect(late).not.toContain("every five seconds");
    await faults(stage, {});
    await stage.advance(60);
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550 });
    expect(eventTypesOf(stage, id)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
  });

  it.each<[string, object]>([
    ["401", { http: { 401: 1 } }],
    ["404", { http: { 404: 1 } }],
    ["429", { http: { 429: 1 } }],
    ["503", SILENT],
    ["a page", { html: 1 }],
    ["a broken connection", { dropAnswer: 1 }],
  ])("and answers with %s ends nothing when the time is over; asked later, it does", async (_what, fault) => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "912000002");
    await stage.advance(200);
    await faults(stage, { status: fault });
    await stage.advance(400);
    expect((await read(stage, id)).attempts[0]).toMatchObject({ status: "pending", secondsLeft: 0 });
    await faults(stage, {});
    await stage.advance(61);
    expect(await read(stage, id)).toMatchObject({ status: "open", attempts: [{ status: "timed_out" }] });
  });

  it("asks a person after a day, and asks nobody any more once it can be asked", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "912000003");
    await faults(stage, { status: SILENT });
    await stage.advance(DAY + 340);
    expect(await read(stage, id)).toMatchObject({ status: "pending", attention: { reason: "in_doubt" } });
    expect(eventTypesOf(stage, id).at(-1)).toBe("payment.attention");
    await faults(stage, {});
    await stage.advance(3_600);
    expect(await read(stage, id)).toMatchObject({ status: "open", attention: null });
  });
});

describe("a merchant who prefers speed", () => {
  it("has a request timed out at five and a half minutes, asked or not", async () => {
    const stage = await setStage({ timeOutUnasked: true });
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await faults(stage, { status: SILENT });
    await stage.advance(335);
    expect(await read(stage, id)).toMatchObject({ status: "open", attempts: [{ status: "timed_out" }] });
    await stage.close();
  });
});

describe("a payment that is over", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  it("has its reference withdrawn also when that becomes known only afterwards", async () => {
    const id = await createPayment(stage);
    await faults(stage, { "service-reference/generate": { dropAnswer: 1 }, status: SILENT });
    const attempt = await askReference(stage, id);
    expect(attempt.body).toMatchObject({ status: "submitted", inDoubt: true });
    expect((await stage.api("POST", `/v1/payments/${id}/cancel`)).body.status).toBe("canceled");
    await faults(stage, {});
    await stage.advance(120);
    const payment = await read(stage, id);
    expect(payment).toMatchObject({ status: "canceled", attempts: [{ status: "canceled" }] });
    const paid = await payAtAtm(stage, payment.attempts[0].multibanco);
    expect(paid.status).toBe(409);
    const made = await transactionsOf(stage, attempt.body.id);
    expect(made).toMatchObject([{ captured: "0.00" }]);
  });

  it("has its reference withdrawn until SIBS agrees", async () => {
    const id = await createPayment(stage);
    const attempt = await askReference(stage, id);
    await faults(stage, { cancellation: { html: 1 } });
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await stage.advance(1_300);
    expect((await read(stage, id)).attempts[0]).toMatchObject({ status: "pending" });
    await faults(stage, {});
    await stage.advance(900);
    expect((await read(stage, id)).attempts[0]).toMatchObject({ status: "canceled", inDoubt: false });
    expect((await payAtAtm(stage, attempt.body.multibanco)).status).toBe(409);
  });
});
