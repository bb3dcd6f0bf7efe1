import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createPayment, faults, read, transactionsOf } from "../support/actions.ts";
import { authorise, changeOnPhone, chargeMandate, newPhone } from "../support/mandates.ts";
import { dayOn } from "../support/plans.ts";
import { type ProcessStage, setProcessStage } from "../support/process-stage.ts";

const HOURS = 3_600;

let stage: ProcessStage;
beforeAll(async () => {
  stage = await setProcessStage();
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

/** A mandate that its customer approved, and a payment that is to be charged by it. */
async function ready() {
  const phone = newPhone();
  const mandate = await authorise({ ...stage, settle: () => stage.advance(0) }, phone);
  return { phone, mandate, payment: await createPayment(stage) };
}

const mandateOf = async (id: string) => (await stage.api("GET", `/v1/mandates/${id}`)).body;

/** What the clock of gateway and server shows. */
const serverNow = async () => Date.parse((await stage.sandbox("GET", "/clock")).body.now);

/** Starts the server again. What it held when it was killed is free, as it would be ten seconds later. */
async function startAgain(): Promise<void> {
  await stage.runOutLeases("server");
  await stage.server.start();
}

/**
 * Lets time pass to the first charge of a monthly plan, whose next call of this kind is held. It ends with that charge
 * unless told otherwise.
 */
async function chargingTomorrow(mandate: string, call: string, where: "request" | "answer", changes: object = {}) {
  const now = await serverNow();
  const tomorrow = dayOn({ now: () => now }, 1);
  const terms = { amount: 990, currency: "EUR", every: "month", firstDate: tomorrow, endDate: tomorrow, ...changes };
  const { id, nextCharge } = (await stage.api("POST", `/v1/mandates/${mandate}/plans`, terms)).body;
  const wait = Math.ceil((Date.parse(nextCharge.at) - (await serverNow())) / 1000);
  const held = stage.line.hold(call, where);
  const passing = stage.advance(wait + 1).catch(() => "the server is gone");
  return { plan: id as string, held, passing };
}

/** Charges a mandate, and kills the server while one of its calls is on its way. */
async function killedDuring(call: string, where: "request" | "answer") {
  const { mandate, payment } = await ready();
  const held = stage.line.hold(call, where);
  const cut = chargeMandate(stage, payment, mandate).catch(() => "cut");
  await held;
  await stage.server.kill();
  stage.line.release();
  expect(await cut).toBe("cut");
  await startAgain();
  return { mandate, payment };
}

describe("a customer who ends the mandate on the phone while a charge runs", () => {
  it.each([
    ["between checkout and charge, is not charged", "/payments", "declined", "0.00"],
    ["when SIBS has charged it, has paid this once", "mbway-id/purchase", "approved", "5.50"],
  ] as const)("%s", async (_what, call, status, captured) => {
    const { phone, mandate, payment } = await ready();
    const held = stage.line.hold(call, "answer");
    const charge = chargeMandate(stage, payment, mandate);
    await held;
    // the server does not hear of the end while it charges: it would not even ask
    await faults(stage, {}, { drop: 1 });
    await changeOnPhone(stage, phone, "cancel");
    stage.line.release();
    const { body } = await charge;
    await faults(stage, {});
    expect(body.status).toBe(status);
    expect(body.failure?.reason ?? null).toBe(status === "declined" ? "mandate_refused" : null);
    await stage.advance(600);
    expect(await transactionsOf(stage, body.id)).toMatchObject([{ captured }]);
    expect((await read(stage, payment)).status).toBe(status === "declined" ? "open" : "paid");
    expect((await mandateOf(mandate)).status).toBe("canceled");
  });
});

describe("a shop that stops a charge while its checkout is being prepared", () => {
  it("by ending the mandate, has nothing charged, even where SIBS does not hear of the end", async () => {
    const { mandate, payment } = await ready();
    await faults(stage, { "mbway-mandates/cancel": { html: 1 } });
    const held = stage.line.hold("/payments", "answer");
    const charge = chargeMandate(stage, payment, mandate);
    await held;
    expect((await stage.api("POST", `/v1/mandates/${mandate}/cancel`)).body.status).toBe("canceled");
    stage.line.release();
    expect(await charge).toMatchObject({ status: 409, body: { type: "/problems/mandate_not_active" } });
    const { status, attempts } = await read(stage, payment);
    expect(status).toBe("open");
    expect(attempts).toMatchObject([{ status: "expired", failure: { reason: "not_sent" } }]);
    expect(await transactionsOf(stage, attempts[0].id)).toMatchObject([{ captured: "0.00" }]);
  });

  it.each([
    ["by canceling the plan, has nothing charged", "cancel", ["expired"]],
    ["by pausing the plan, has it charged once it is resumed", "pause", ["expired", "approved"]],
  ] as const)("%s", async (_what, stop, ends) => {
    const { mandate } = await ready();
    const { plan, passing, held } = await chargingTomorrow(mandate, "/payments", "answer", { endDate: undefined });
    await held;
    expect((await stage.api("POST", `/v1/plans/${plan}/${stop}`)).status).toBe(200);
    stage.line.release();
    await passing;
    const triesOf = async () => {
      const { data } = (await stage.api("GET", `/v1/payments?plan=${plan}`)).body;
      return data.map((one: { attempts: { status: string }[] }) => one.attempts.map(({ status }) => status));
    };
    await stage.advance(2 * HOURS);
    expect(await triesOf()).toEqual([["expired"]]);
    if (stop === "pause") await stage.api("POST", `/v1/plans/${plan}/resume`);
    await stage.advance(8 * HOURS);
    expect(await triesOf()).toEqual([ends]);
  });
});

describe("the server is killed while it charges a mandate", () => {
  it("waiting for the answer: the charge is found by asking, and never made again", async () => {
    const { payment } = await killedDuring("mbway-id/purchase", "answer");
    await stage.advance(60);
    const { status, attempts } = await read(stage, payment);
    expect(status).toBe("paid");
    expect(attempts).toMatchObject([{ status: "approved", inDoubt: false }]);
    expect(await transactionsOf(stage, attempts[0].id)).toMatchObject([{ captured: "5.50" }]);
  });

  it("on its way: it fails after a minute of SIBS saying that it has not arrived, and nothing was charged", async () => {
    const { mandate, payment } = await killedDuring("mbway-id/purchase", "request");
    await stage.advance(180);
    const [attempt] = (await read(stage, payment)).attempts;
    expect(attempt).toMatchObject({ status: "failed", failure: { reason: "not_sent" } });
    expect(await transactionsOf(stage, attempt.id)).toMatchObject([{ captured: "0.00" }]);
    expect((await chargeMandate(stage, payment, mandate)).body.status).toBe("approved");
  });

  it("before it was sent: it was never live, and another may begin at once", async () => {
    const { mandate, payment } = await killedDuring("/payments", "answer");
    expect((await read(stage, payment)).attempts).toMatchObject([{ status: "prepared" }]);
    expect((await chargeMandate(stage, payment, mandate)).body.status).toBe("approved");
    await stage.advance(700);
    expect((await read(stage, payment)).attempts).toMatchObject([{ status: "expired" }, { status: "approved" }]);
  });
});

describe("the server is killed while a plan's payment charges by itself", () => {
  it.each([
    ["waiting for the answer", "mbway-id/purchase", "answer", ["approved"], 60],
    ["on its way", "mbway-id/purchase", "request", ["failed", "approved"], 2 * HOURS],
    ["before it was sent", "/payments", "answer", ["expired", "approved"], 2 * HOURS],
  ] as const)("%s: the period is charged once", async (_what, call, where, ends, later) => {
    const { mandate } = await ready();
    const { plan, passing, held } = await chargingTomorrow(mandate, call, where);
    await held;
    await stage.server.kill();
    stage.line.release();
    await passing;
    await startAgain();
    await stage.advance(later);
    const { data } = (await stage.api("GET", `/v1/payments?plan=${plan}`)).body;
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ status: "paid", amountCaptured: 990, mandate });
    const { attempts } = data[0];
    expect(attempts.map((one: { status: string }) => one.status)).toEqual(ends);
    const sums = await Promise.all(attempts.map(({ id }: { id: string }) => transactionsOf(stage, id)));
    expect(sums.flat().filter(({ captured }) => captured === "9.90")).toHaveLength(1);
    expect((await stage.api("GET", `/v1/plans/${plan}`)).body.charged).toBe(1);
  });
});
