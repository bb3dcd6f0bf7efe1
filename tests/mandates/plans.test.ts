import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, eventTypesOf, eventTypesOfMandate, faults, read, transactionsOf } from "../support/actions.ts";
import { askMandate, authorise, changeOnPhone, newPhone, onPhone } from "../support/mandates.ts";
import { askPlan, dayOn, makePlan, readPlan } from "../support/plans.ts";
import { type Stage, setStage } from "../support/stage.ts";

const DAYS = 86_400;
const FOR_LONG = { limit: "50.00", validUntil: "2099-12-31" };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(async () => {
  await faults(stage, {});
  await endAll();
});
afterAll(() => stage.close());

/** Ends what a test leaves, so that no later test's months are filled with its inquiries. */
async function endAll(): Promise<void> {
  const { body } = await stage.api("GET", "/v1/mandates?status=active&limit=100");
  for (const { id } of body.data) await stage.api("POST", `/v1/mandates/${id}/cancel`);
}

/** The payments that a plan made, oldest first. */
async function paymentsOf(plan: string) {
  const { body } = await stage.api("GET", `/v1/payments?plan=${plan}&limit=100`);
  return body.data.toReversed();
}

/** Lets time pass until the plan's next charge, or so many seconds more or less. */
async function passToCharge(plan: string, seconds = 0): Promise<void> {
  const { nextCharge } = await readPlan(stage, plan);
  await stage.advance(Math.ceil((Date.parse(nextCharge.at) - stage.now()) / 1000) + seconds);
}

const periods = (payments: readonly { plan: { period: number } }[]) => payments.map(({ plan }) => plan.period);

describe("a plan", () => {
  it("charges each month: after three months there are three payments, paid, and one payment.paid for each", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const { id, ...plan } = await makePlan(stage, mandate, {
      every: "month",
      description: "Tea, every month",
      reference: "tea-7",
      metadata: { box: "small" },
    });
    expect(id).toMatch(/^plan_[0-9a-z]{20}$/);
    expect(plan).toMatchObject({
      mandate,
      status: "active",
      amount: 990,
      currency: "EUR",
      every: "month",
      endDate: null,
      endedAt: null,
      description: "Tea, every month",
      reference: "tea-7",
      metadata: { box: "small" },
      charged: 0,
      retries: { afterDays: [1, 3, 7] },
      chargesAt: "09:00 Europe/Lisbon",
      nextCharge: { period: 1, date: dayOn(stage, 1), at: expect.stringMatching(/T0[89]:00:00\.000Z$/) },
    });
    for (let month = 1; month <= 3; month += 1) {
      await passToCharge(id);
      const payments = await paymentsOf(id);
      expect(periods(payments)).toEqual([1, 2, 3].slice(0, month));
      for (const payment of payments) {
        expect(payment).toMatchObject({
          status: "paid",
          amount: 990,
          amountCaptured: 990,
          reference: "tea-7",
          description: "Tea, every month",
          mandate,
          plan: { id },
          metadata: { box: "small" },
        });
        expect(eventTypesOf(stage, payment.id).filter((type) => type === "payment.paid")).toHaveLength(1);
        expect(await transactionsOf(stage, payment.attempts[0].id)).toMatchObject([{ captured: "9.90" }]);
      }
    }
    expect(await readPlan(stage, id)).toMatchObject({ status: "active", charged: 3, nextCharge: { period: 4 } });
  });

  it("tells of each charge 24 hours before it", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const { id, nextCharge } = await makePlan(stage, mandate, { firstDate: dayOn(stage, 5) });
    await passToCharge(id, -DAYS - 60);
    expect(eventTypesOfMandate(stage, mandate)).not.toContain("plan.charge_upcoming");
    await passToCharge(id, -DAYS + 1);
    const [upcoming] = stage.events.filter(({ type, data }) => type === "plan.charge_upcoming" && data.plan?.id === id);
    const told = { ...nextCharge, announcedAt: expect.any(String) };
    expect(upcoming?.data).toMatchObject({ plan: { id, nextCharge: told }, mandate: { id: mandate } });
    const early = Date.parse(nextCharge.at) - Date.parse(upcoming?.timestamp ?? "");
    expect(early).toBeGreaterThan((DAYS - 1) * 1000);
    expect(early).toBeLessThanOrEqual(DAYS * 1000);
    expect(await paymentsOf(id)).toEqual([]);
  });

  it("begins at once when its first date is today and nine o'clock is past, and ends with its last date", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const first = await makePlan(stage, mandate);
    await passToCharge(first.id, 3600); // ten o'clock
    await askPlan(stage, first.id, "cancel");
    const { id, nextCharge } = await makePlan(stage, mandate, {
      firstDate: undefined,
      endDate: dayOn(stage, 9),
      every: { days: 7 },
    });
    expect(nextCharge.date).toBe(dayOn(stage, 0));
    await stage.settle();
    expect(await paymentsOf(id)).toMatchObject([{ status: "paid", plan: { period: 1, date: dayOn(stage, 0) } }]);
    await stage.advance(20 * DAYS);
    expect(periods(await paymentsOf(id))).toEqual([1, 2]);
    expect(await readPlan(stage, id)).toMatchObject({
      status: "ended",
      charged: 2,
      nextCharge: null,
      endedAt: expect.any(String),
    });
    expect(eventTypesOfMandate(stage, mandate).filter((type) => type === "plan.ended")).toHaveLength(1);
  });

  it("waits for a mandate that is not agreed to yet, and charges from then on", async () => {
    const phone = newPhone();
    const { body: mandate } = await askMandate(stage, phone);
    const { id, status } = await makePlan(stage, mandate.id);
    expect(status).toBe("pending");
    await onPhone(stage, phone, "approve", FOR_LONG);
    await stage.settle();
    expect((await readPlan(stage, id)).status).toBe("active");
    await passToCharge(id);
    expect(await paymentsOf(id)).toMatchObject([{ status: "paid" }]);
    const types = eventTypesOfMandate(stage, mandate.id);
    expect(types.slice(0, 4)).toEqual(["mandate.created", "plan.created", "mandate.activated", "plan.activated"]);
  });

  it("is canceled with a mandate that the customer refuses", async () => {
    const phone = newPhone();
    const { body: mandate } = await askMandate(stage, phone);
    const { id } = await makePlan(stage, mandate.id);
    await onPhone(stage, phone, "decline");
    await stage.settle();
    expect(await readPlan(stage, id)).toMatchObject({ status: "canceled", nextCharge: null });
    expect(eventTypesOfMandate(stage, mandate.id)).toContain("plan.canceled");
  });
});

describe("two plans on one mandate", () => {
  it("meet the customer's limit: what is above it is asked on the phone", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone, { limit: "15.00", validUntil: "2099-12-31" });
    const plans = await Promise.all([1, 2].map(() => makePlan(stage, mandate, { every: "month" })));
    await passToCharge(plans[0].id, 5);
    const payments = (await Promise.all(plans.map(({ id }) => paymentsOf(id)))).flat();
    expect(payments.map(({ status }) => status).sort()).toEqual(["paid", "pending"]);
    const waiting = payments.find(({ status }) => status === "pending");
    expect(waiting.attempts).toMatchObject([{ method: "mandate", mbway: { phone: expect.stringContaining("*") } }]);
    await approve(stage, phone);
    await stage.settle();
    expect((await read(stage, waiting.id)).status).toBe("paid");
  });
});

describe("a charge that is refused", () => {
  it("is tried again after one, three and seven days, then given up; the next period is charged all the same", async () => {
    const { body } = await stage.sandbox("GET", "/terminals");
    const terminal = `/terminals/${body.terminals[0].terminalId}`;
    await stage.sandbox("PUT", terminal, { disableMandateMBWAYFallback: true });
    const phone = newPhone();
    const { body: mandate } = await askMandate(stage, phone);
    const { id } = await makePlan(stage, mandate.id, { every: { days: 15 } });
    await onPhone(stage, phone, "approve", { limit: "5.00", validUntil: "2099-12-31" });
    await stage.settle();
    await passToCharge(id, 60);
    const tries = async () => {
      const [payment] = await paymentsOf(id);
      const began = Date.parse(payment.createdAt);
      return payment.attempts.map((one: { createdAt: string; failure: unknown }) => {
        expect(one.failure).toMatchObject({ reason: "mandate_refused", code: "E0518" });
        return Math.round((Date.parse(one.createdAt) - began) / (DAYS * 1000));
      });
    };
    expect(await tries()).toEqual([0]);
    await stage.advance(8 * DAYS);
    expect(await tries()).toEqual([0, 1, 3, 7]);
    await changeOnPhone(stage, phone, "change", { limit: "50.00" });
    await stage.advance(4 * DAYS);
    const [given, ...more] = await paymentsOf(id);
    expect(more).toEqual([]);
    expect(given.status).toBe("expired");
    expect(given.attempts).toHaveLength(4);
    await passToCharge(id, 60);
    expect((await paymentsOf(id)).map((one: { status: string }) => one.status)).toEqual(["expired", "paid"]);
    await stage.sandbox("PUT", terminal, { disableMandateMBWAYFallback: false });
  });
});

describe("a plan is stopped", () => {
  it("by the shop after plan.charge_upcoming: that charge is left out, the next one is made", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const { id } = await makePlan(stage, mandate, { every: { days: 7 } });
    await passToCharge(id, -3600);
    expect(eventTypesOfMandate(stage, mandate)).toContain("plan.charge_upcoming");
    const wrong = await askPlan(stage, id, "skip", { period: 2 });
    expect(wrong).toMatchObject({ status: 409, body: { type: "/problems/charge_not_next" } });
    const skipped = await askPlan(stage, id, "skip", { period: 1 });
    expect(skipped).toMatchObject({ status: 200, body: { nextCharge: { period: 2, announcedAt: null } } });
    await stage.advance(2 * DAYS);
    expect(await paymentsOf(id)).toEqual([]);
    await passToCharge(id);
    expect(periods(await paymentsOf(id))).toEqual([2]);
    expect(eventTypesOfMandate(stage, mandate).filter((type) => type === "plan.charge_skipped")).toHaveLength(1);
  });

  it("by a pause: what comes meanwhile is never charged, and resumed it goes on with what is still to come", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const { id } = await makePlan(stage, mandate);
    await passToCharge(id, 60);
    expect((await askPlan(stage, id, "pause")).body).toMatchObject({ status: "paused", nextCharge: null });
    expect((await askPlan(stage, id, "pause")).status).toBe(200);
    await stage.advance(3 * DAYS);
    expect(periods(await paymentsOf(id))).toEqual([1]);
    expect((await readPlan(stage, id)).nextCharge).toBeNull();
    expect((await askPlan(stage, id, "resume")).body).toMatchObject({ status: "active", nextCharge: { period: 5 } });
    // announced a day before, it is made a day after that, which only then is known
    await stage.settle();
    await passToCharge(id, 60);
    expect(periods(await paymentsOf(id))).toEqual([1, 5]);
    const types = eventTypesOfMandate(stage, mandate).filter((type) => /paused|resumed/.test(type));
    expect(types).toEqual(["plan.paused", "plan.resumed"]);
  });

  it("by its end: nothing is charged any more, and it cannot be taken up again", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const { id } = await makePlan(stage, mandate);
    await passToCharge(id, -60);
    expect((await askPlan(stage, id, "cancel")).body).toMatchObject({ status: "canceled", nextCharge: null });
    expect((await askPlan(stage, id, "cancel")).status).toBe(200);
    await stage.advance(3 * DAYS);
    expect(await paymentsOf(id)).toEqual([]);
    for (const what of ["resume", "pause", "skip"]) {
      expect(await askPlan(stage, id, what)).toMatchObject({ status: 409, body: { type: "/problems/plan_over" } });
    }
  });

  it("by the customer for a while, who suspends the mandate: its payment waits, and is paid when it is taken up again", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone, FOR_LONG);
    const { id } = await makePlan(stage, mandate, { every: "month" });
    await changeOnPhone(stage, phone, "suspend");
    await passToCharge(id, 3600);
    expect(await paymentsOf(id)).toMatchObject([{ status: "open", attempts: [], plan: { period: 1 } }]);
    await changeOnPhone(stage, phone, "reactivate");
    await stage.advance(DAYS / 2);
    expect(await paymentsOf(id)).toMatchObject([{ status: "paid", plan: { period: 1 } }]);
  });

  it("by the customer, who ends the mandate on the phone: nothing is charged any more", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone, FOR_LONG);
    const plans = [await makePlan(stage, mandate), await makePlan(stage, mandate, { every: "month" })];
    await passToCharge(plans[0].id, 60);
    await changeOnPhone(stage, phone, "cancel");
    await stage.advance(40 * DAYS);
    for (const { id } of plans) {
      expect(periods(await paymentsOf(id))).toEqual([1]);
      expect(await readPlan(stage, id)).toMatchObject({ status: "canceled", nextCharge: null });
    }
    expect(eventTypesOfMandate(stage, mandate).filter((type) => type === "plan.canceled")).toHaveLength(2);
  });

  it("by the end that the customer set: nothing is charged after it", async () => {
    const mandate = await authorise(stage, newPhone(), { limit: "50.00", validUntil: dayOn(stage, 3) });
    const { id } = await makePlan(stage, mandate);
    await passToCharge(id, 2 * DAYS);
    expect(await readPlan(stage, id)).toMatchObject({ status: "active", charged: 3, nextCharge: null });
    await stage.advance(6 * DAYS);
    expect(periods(await paymentsOf(id))).toEqual([1, 2, 3]);
    expect(await readPlan(stage, id)).toMatchObject({ status: "canceled" });
  });
});
