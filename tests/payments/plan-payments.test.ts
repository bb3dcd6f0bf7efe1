import { formatPhone, type Phone } from "@caravela/sibs/phone";
import type { PayView } from "@caravela/web/pay";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createPayment, eventTypesOf, faults, payAtAtm, read } from "../support/actions.ts";
import { authorise, changeOnPhone, chargeMandate, newPhone, onPhone } from "../support/mandates.ts";
import { openPage } from "../support/open-page.ts";
import { dayOn } from "../support/plans.ts";
import { type Stage, setStage } from "../support/stage.ts";

const HOURS = 3_600;
const DAYS = 24 * HOURS;
/** In the app, for as long as a test may last. */
const FOR_LONG = "2099-12-31";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(async () => {
  await faults(stage, {});
  await fallback(true);
});
afterAll(() => stage.close());

/** Whether SIBS asks the phone where a charge exceeds the limit, or declines it. */
async function fallback(asksPhone: boolean): Promise<void> {
  const [{ terminalId }] = (await stage.sandbox("GET", "/terminals")).body.terminals;
  await stage.sandbox("PUT", `/terminals/${terminalId}`, { disableMandateMBWAYFallback: !asksPhone });
}

/**
 * A mandate with a plan of one charge of 9.90 € tomorrow (and more, without an `endDate`), what its customer does
 * before, and the payment that the plan made, right after its first try.
 */
async function planned(
  before: (phone: string) => Promise<void> = async () => undefined,
  endDate: string | null = dayOn(stage, 1),
) {
  const phone = newPhone();
  const mandate = await authorise(stage, phone, { limit: "20.00", validUntil: FOR_LONG });
  const terms = { amount: 990, currency: "EUR", every: "month", firstDate: dayOn(stage, 1), endDate };
  const plan = await stage.api("POST", `/v1/mandates/${mandate}/plans`, terms);
  await stage.advance(Math.floor((Date.parse(plan.body.nextCharge.at) - stage.now()) / 1000) - 60);
  await before(phone);
  await stage.advance(120);
  const { data } = (await stage.api("GET", `/v1/payments?plan=${plan.body.id}`)).body;
  expect(data).toHaveLength(1);
  return { phone, mandate, plan: plan.body.id as string, payment: data[0].id as string };
}

const triesOf = async (payment: string) =>
  (await read(stage, payment)).attempts.map((one: { status: string; initiator: string }) => one.status);

describe("a plan's payment", () => {
  it("charges its mandate by itself, and says of which plan and period it is", async () => {
    const { mandate, plan, payment } = await planned();
    expect(await read(stage, payment)).toMatchObject({
      status: "paid",
      mandate,
      plan: { id: plan, period: 1, date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
      attempts: [{ method: "mandate", initiator: "merchant", status: "approved" }],
    });
    expect(eventTypesOf(stage, payment)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
  });

  it("shows the customer's phone to nobody: neither where it is read nor on its page", async () => {
    await fallback(false);
    const { phone, payment } = await planned((one) => changeOnPhone(stage, one, "change", { limit: "5.00" }));
    const made = await read(stage, payment);
    expect(made).toMatchObject({ status: "open", customer: { name: "Ana Sousa", phone: null } });
    const page = await openPage<PayView>(made.payUrl).html();
    expect(page).toContain("Mobile number");
    for (const digits of [phone, formatPhone(phone as Phone)]) expect(page).not.toContain(digits);
  });

  it("that is refused is tried again one, three and seven days after, then no more, and expires", async () => {
    await fallback(false);
    const { payment } = await planned((phone) => changeOnPhone(stage, phone, "change", { limit: "5.00" }));
    const tries = [(await triesOf(payment)).length];
    for (let days = 1; days <= 9; days += 1) {
      await stage.advance(DAYS);
      tries.push((await triesOf(payment)).length);
    }
    expect(tries).toEqual([1, 2, 2, 3, 3, 3, 3, 4, 4, 4]);
    expect((await read(stage, payment)).status).toBe("open");
    await stage.advance(DAYS);
    const { status, attempts } = await read(stage, payment);
    expect(status).toBe("expired");
    expect(attempts).toHaveLength(4);
    for (const one of attempts) expect(one).toMatchObject({ status: "declined", failure: { code: "E0518" } });
  });

  it("over the limit asks the phone, and is asked there again a day after nobody answered", async () => {
    const { phone, payment } = await planned((one) => changeOnPhone(stage, one, "change", { limit: "5.00" }));
    expect(await read(stage, payment)).toMatchObject({ status: "pending", attempts: [{ mbway: {} }] });
    await stage.advance(DAYS);
    expect(await triesOf(payment)).toEqual(["timed_out", "pending"]);
    await onPhone(stage, phone, "approve");
    await stage.settle();
    expect((await read(stage, payment)).status).toBe("paid");
  });

  it("that could not be sent is repeated after an hour, two, four, until SIBS can be reached", async () => {
    const { payment } = await planned(() => faults(stage, { payments: { http: { 500: 1 } } }));
    await stage.advance(3.1 * HOURS);
    expect(await triesOf(payment)).toEqual(["failed", "failed", "failed"]);
    await faults(stage, {});
    await stage.advance(4 * HOURS);
    expect(await triesOf(payment)).toEqual(["failed", "failed", "failed", "approved"]);
    expect((await read(stage, payment)).status).toBe("paid");
  });

  it("waits while the customer has the mandate suspended, and is charged once it is taken up again", async () => {
    const { phone, payment } = await planned((one) => changeOnPhone(stage, one, "suspend"));
    await stage.advance(2 * DAYS);
    expect(await read(stage, payment)).toMatchObject({ status: "open", attempts: [] });
    await changeOnPhone(stage, phone, "reactivate");
    await stage.advance(6 * HOURS);
    expect(await read(stage, payment)).toMatchObject({ status: "paid", attempts: [{ status: "approved" }] });
  });

  it("waits while the shop has the plan paused, and is tried again once it is resumed", async () => {
    await fallback(false);
    const { plan, phone, payment } = await planned(
      (one) => changeOnPhone(stage, one, "change", { limit: "5.00" }),
      null,
    );
    await stage.api("POST", `/v1/plans/${plan}/pause`);
    await stage.advance(2 * DAYS);
    expect(await triesOf(payment)).toEqual(["declined"]);
    await changeOnPhone(stage, phone, "change", { limit: "20.00" });
    await stage.api("POST", `/v1/plans/${plan}/resume`);
    await stage.advance(6 * HOURS);
    expect(await triesOf(payment)).toEqual(["declined", "approved"]);
  });

  it("is tried no more once the shop has canceled the plan; the customer may still settle it", async () => {
    await fallback(false);
    const { plan, phone, payment } = await planned(
      (one) => changeOnPhone(stage, one, "change", { limit: "5.00" }),
      null,
    );
    await stage.api("POST", `/v1/plans/${plan}/cancel`);
    await changeOnPhone(stage, phone, "change", { limit: "20.00" });
    await stage.advance(8 * DAYS);
    expect(await triesOf(payment)).toEqual(["declined"]);
    expect((await read(stage, payment)).status).toBe("open");
  });

  it("is tried no more once the mandate is over, nor once the shop has canceled it", async () => {
    await fallback(false);
    const low = (phone: string) => changeOnPhone(stage, phone, "change", { limit: "5.00" });
    const canceled = await planned(low);
    await stage.api("POST", `/v1/payments/${canceled.payment}/cancel`);
    const ended = await planned(low);
    await stage.api("POST", `/v1/mandates/${ended.mandate}/cancel`);
    await stage.advance(8 * DAYS);
    expect(await triesOf(ended.payment)).toEqual(["declined"]);
    expect(await triesOf(canceled.payment)).toEqual(["declined"]);
    expect((await read(stage, ended.payment)).status).toBe("open");
  });

  it("can be settled by the customer in another way, and is then not charged", async () => {
    await fallback(false);
    const { phone, payment } = await planned((one) => changeOnPhone(stage, one, "change", { limit: "5.00" }));
    await changeOnPhone(stage, phone, "change", { limit: "20.00" });
    const asked = await stage.api("POST", `/v1/payments/${payment}/attempts`, { method: "multibanco" });
    await stage.advance(2 * DAYS);
    expect(await triesOf(payment)).toEqual(["declined", "pending"]);
    await payAtAtm(stage, asked.body.multibanco, "9.90");
    await stage.advance(8 * DAYS);
    expect(await triesOf(payment)).toEqual(["declined", "approved"]);
    expect(await read(stage, payment)).toMatchObject({ status: "paid", amountCaptured: 990 });
  });

  it("and what the shop charges by hand share one limit: the plan's falls back to the phone", async () => {
    const { payment } = await planned(async (phone) => {
      const { data } = (await stage.api("GET", "/v1/mandates?limit=1")).body;
      const other = await createPayment(stage, { amount: 1_500 });
      expect((await chargeMandate(stage, other, data[0].id)).body.status).toBe("approved");
      expect(data[0].phone).toBe(`351#*****${phone.slice(-4)}`);
    });
    expect(await read(stage, payment)).toMatchObject({ status: "pending", attempts: [{ mbway: {} }] });
  });
});
