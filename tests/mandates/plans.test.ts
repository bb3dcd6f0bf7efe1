import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, faults, read, told, toldOfMandate, transactionsOf } from "../support/actions.ts";
import { askMandate, authorise, changeOnPhone, newPhone, onPhone } from "../support/mandates.ts";
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

/** What day it is in Lisbon on the stage, so many days from now. */
function day(fromNow: number): string {
  const at = stage.now() + fromNow * DAYS * 1000;
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Lisbon" }).format(at);
}

/** Makes a plan of 9.90 € a day from tomorrow on, unless told otherwise. */
async function makePlan(mandate: string, changes: object = {}) {
  const wanted = { amount: 990, currency: "EUR", every: { days: 1 }, firstDate: day(1), ...changes };
  const made = await stage.api("POST", `/v1/mandates/${mandate}/plans`, wanted);
  if (made.status !== 201) throw new Error(`no plan: ${JSON.stringify(made.body)}`);
  return made.body;
}

const readPlan = async (id: string) => (await stage.api("GET", `/v1/plans/${id}`)).body;

const ask = async (plan: string, what: string, body?: object) => stage.api("POST", `/v1/plans/${plan}/${what}`, body);

/** The payments that a plan made, oldest first. */
async function paymentsOf(plan: string) {
  const { body } = await stage.api("GET", `/v1/payments?plan=${plan}&limit=100`);
  return body.data.toReversed();
}

/** Lets time pass until the plan's next charge, or so many seconds more or less. */
async function passToCharge(plan: string, seconds = 0): Promise<void> {
  const { nextCharge } = await readPlan(plan);
  await stage.advance(Math.ceil((Date.parse(nextCharge.at) - stage.now()) / 1000) + seconds);
}

const periods = (payments: readonly { plan: { period: number } }[]) => payments.map(({ plan }) => plan.period);

describe("a plan", () => {
  it("charges each month: after three months there are three payments, paid, and one payment.paid for each", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const { id, ...plan } = await makePlan(mandate, {
      ...{ every: "month", description: "Tea, every month", reference: "tea-7", metadata: { box: "small" } },
    });
    expect(id).toMatch(/^plan_[0-9a-z]{20}$/);
    expect(plan).toMatchObject({
      ...{ mandate, status: "active", amount: 990, currency: "EUR", every: "month", endDate: null, endedAt: null },
      ...{ description: "Tea, every month", reference: "tea-7", metadata: { box: "small" }, charged: 0 },
      ...{ retries: { afterDays: [1, 3, 7] }, chargesAt: "09:00 Europe/Lisbon" },
      nextCharge: { period: 1, date: day(1), at: expect.stringMatching(/T0[89]:00:00\.000Z$/) },
    });
    for (let month = 1; month <= 3; month += 1) {
      await passToCharge(id);
      const payments = await paymentsOf(id);
      expect(periods(payments)).toEqual([1, 2, 3].slice(0, month));
      for (const payment of payments) {
        expect(payment).toMatchObject({
          ...{ status: "paid", amount: 990, amountCaptured: 990, reference: "tea-7", description: "Tea, every month" },
          ...{ mandate, plan: { id }, metadata: { box: "small" } },
        });
        expect(told(stage, payment.id).filter((type) => type === "payment.paid")).toHaveLength(1);
        expect(await transactionsOf(stage, payment.attempts[0].id)).toMatchObject([{ captured: "9.90" }]);
      }
    }
    expect(await readPlan(id)).toMatchObject({ status: "active", charged: 3, nextCharge: { period: 4 } });
  });

  it("tells of each charge 24 hours before it", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const { id, nextCharge } = await makePlan(mandate, { firstDate: day(5) });
    await passToCharge(id, -DAYS - 60);
    expect(toldOfMandate(stage, mandate)).not.toContain("plan.charge_upcoming");
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
    const first = await makePlan(mandate);
    await passToCharge(first.id, 3600); // ten o'clock
    await ask(first.id, "cancel");
    const { id, nextCharge } = await makePlan(mandate, { firstDate: undefined, endDate: day(9), every: { days: 7 } });
    expect(nextCharge.date).toBe(day(0));
    await stage.settle();
    expect(await paymentsOf(id)).toMatchObject([{ status: "paid", plan: { period: 1, date: day(0) } }]);
    await stage.advance(20 * DAYS);
    expect(periods(await paymentsOf(id))).toEqual([1, 2]);
    expect(await readPlan(id)).toMatchObject({
      status: "ended",
      charged: 2,
      nextCharge: null,
      endedAt: expect.any(String),
    });
    expect(toldOfMandate(stage, mandate).filter((type) => type === "plan.ended")).toHaveLength(1);
  });

  it("waits for a mandate that is not agreed to yet, and charges from then on", async () => {
    const phone = newPhone();
    const { body: mandate } = await askMandate(stage, phone);
    const { id, status } = await makePlan(mandate.id);
    expect(status).toBe("pending");
    await onPhone(stage, phone, "approve", FOR_LONG);
    await stage.settle();
    expect((await readPlan(id)).status).toBe("active");
    await passToCharge(id);
    expect(await paymentsOf(id)).toMatchObject([{ status: "paid" }]);
    const types = toldOfMandate(stage, mandate.id);
    expect(types.slice(0, 4)).toEqual(["mandate.created", "plan.created", "mandate.activated", "plan.activated"]);
  });

  it("is canceled with a mandate that the customer refuses", async () => {
    const phone = newPhone();
    const { body: mandate } = await askMandate(stage, phone);
    const { id } = await makePlan(mandate.id);
    await onPhone(stage, phone, "decline");
    await stage.settle();
    expect(await readPlan(id)).toMatchObject({ status: "canceled", nextCharge: null });
    expect(toldOfMandate(stage, mandate.id)).toContain("plan.canceled");
  });
});

describe("two plans on one mandate", () => {
  it("meet the customer's limit: what is above it is asked on the phone", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone, { limit: "15.00", validUntil: "2099-12-31" });
    const plans = await Promise.all([1, 2].map(() => makePlan(mandate, { every: "month" })));
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
    const { id } = await makePlan(mandate.id, { every: { days: 15 } });
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
    const { id } = await makePlan(mandate, { every: { days: 7 } });
    await passToCharge(id, -3600);
    expect(toldOfMandate(stage, mandate)).toContain("plan.charge_upcoming");
    const wrong = await ask(id, "skip", { period: 2 });
    expect(wrong).toMatchObject({ status: 409, body: { type: "/problems/charge_not_next" } });
    const skipped = await ask(id, "skip", { period: 1 });
    expect(skipped).toMatchObject({ status: 200, body: { nextCharge: { period: 2, announcedAt: null } } });
    await stage.advance(2 * DAYS);
    expect(await paymentsOf(id)).toEqual([]);
    await passToCharge(id);
    expect(periods(await paymentsOf(id))).toEqual([2]);
    expect(toldOfMandate(stage, mandate).filter((type) => type === "plan.charge_skipped")).toHaveLength(1);
  });

  it("by a pause: what comes meanwhile is never charged, and resumed it goes on with what is still to come", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const { id } = await makePlan(mandate);
    await passToCharge(id, 60);
    expect((await ask(id, "pause")).body).toMatchObject({ status: "paused", nextCharge: null });
    expect((await ask(id, "pause")).status).toBe(200);
    await stage.advance(3 * DAYS);
    expect(periods(await paymentsOf(id))).toEqual([1]);
    expect((await readPlan(id)).nextCharge).toBeNull();
    expect((await ask(id, "resume")).body).toMatchObject({ status: "active", nextCharge: { period: 5 } });
    await passToCharge(id, 60);
    expect(periods(await paymentsOf(id))).toEqual([1, 5]);
    const types = toldOfMandate(stage, mandate).filter((type) => /paused|resumed/.test(type));
    expect(types).toEqual(["plan.paused", "plan.resumed"]);
  });

  it("by its end: nothing is charged any more, and it cannot be taken up again", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const { id } = await makePlan(mandate);
    await passToCharge(id, -60);
    expect((await ask(id, "cancel")).body).toMatchObject({ status: "canceled", nextCharge: null });
    expect((await ask(id, "cancel")).status).toBe(200);
    await stage.advance(3 * DAYS);
    expect(await paymentsOf(id)).toEqual([]);
    for (const what of ["resume", "pause", "skip"]) {
      expect(await ask(id, what)).toMatchObject({ status: 409, body: { type: "/problems/plan_over" } });
    }
  });

  it("by the customer for a while, who suspends the mandate: its payment waits, and is paid when it is taken up again", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone, FOR_LONG);
    const { id } = await makePlan(mandate, { every: "month" });
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
    const plans = [await makePlan(mandate), await makePlan(mandate, { every: "month" })];
    await passToCharge(plans[0].id, 60);
    await changeOnPhone(stage, phone, "cancel");
    await stage.advance(40 * DAYS);
    for (const { id } of plans) {
      expect(periods(await paymentsOf(id))).toEqual([1]);
      expect(await readPlan(id)).toMatchObject({ status: "canceled", nextCharge: null });
    }
    expect(toldOfMandate(stage, mandate).filter((type) => type === "plan.canceled")).toHaveLength(2);
  });

  it("by the end that the customer set: nothing is charged after it", async () => {
    const mandate = await authorise(stage, newPhone(), { limit: "50.00", validUntil: day(3) });
    const { id } = await makePlan(mandate);
    await passToCharge(id, 2 * DAYS);
    expect(await readPlan(id)).toMatchObject({ status: "active", charged: 3, nextCharge: null });
    await stage.advance(6 * DAYS);
    expect(periods(await paymentsOf(id))).toEqual([1, 2, 3]);
    expect(await readPlan(id)).toMatchObject({ status: "canceled" });
  });
});

describe("plans over the API", () => {
  it("are listed newest first, a page at a time, and made once for one key", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const key = { "idempotency-key": crypto.randomUUID() };
    const wanted = { amount: 990, currency: "EUR", every: "month", firstDate: day(3) };
    const [first, again] = [
      await stage.api("POST", `/v1/mandates/${mandate}/plans`, wanted, key),
      await stage.api("POST", `/v1/mandates/${mandate}/plans`, wanted, key),
    ];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(first.body.reference).toBe(first.body.id);
    const second = await makePlan(mandate);
    const page = (await stage.api("GET", `/v1/mandates/${mandate}/plans?limit=1`)).body;
    expect(page).toMatchObject({ data: [{ id: second.id }], hasMore: true });
    const rest = (await stage.api("GET", `/v1/mandates/${mandate}/plans?limit=1&after=${page.next}`)).body;
    expect(rest).toMatchObject({ data: [{ id: first.body.id }], hasMore: false, next: null });
    expect((await stage.api("GET", `/v1/mandates/${mandate}`)).body.plans).toHaveLength(2);
  });

  it("do what was asked once, also where the server died before it could answer", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const key = { "idempotency-key": crypto.randomUUID() };
    const twice = async (path: string, body?: object) => {
      const first = await stage.api("POST", path, body, key);
      await stage.pool.query(
        "update idempotency set status = null, body = null, held_until = now() where key = $1 and resource is not null",
        [key["idempotency-key"]],
      );
      const again = await stage.api("POST", path, body, key);
      expect(again.headers.get("idempotent-replayed"), path).toBe("true");
      expect(again).toMatchObject({ status: first.status, body: first.body });
      return first.body;
    };
    const wanted = { amount: 990, currency: "EUR", every: "month", firstDate: day(3) };
    const { id } = await twice(`/v1/mandates/${mandate}/plans`, wanted);
    expect((await stage.api("GET", `/v1/mandates/${mandate}/plans`)).body.data).toHaveLength(1);
    expect((await twice(`/v1/plans/${id}/skip`)).nextCharge.period).toBe(2);
    for (const what of ["pause", "resume", "cancel"]) await twice(`/v1/plans/${id}/${what}`);
    await twice(`/v1/mandates/${mandate}/cancel`);
    const types = toldOfMandate(stage, mandate).filter((type) => /created|skipped|paused|resumed|canceled/.test(type));
    expect(types).toEqual([
      ...["mandate.created", "plan.created", "plan.charge_skipped", "plan.paused", "plan.resumed"],
      ...["plan.canceled", "mandate.canceled"],
    ]);
  });

  describe("refuse, naming the field and what to do", () => {
    const wrong: [what: string, status: number, field: string, changes: () => object][] = [
      ["an amount above the limit", 422, "/amount", () => ({ amount: 5001 })],
      ["an amount of nothing", 400, "/amount", () => ({ amount: 0 })],
      ["half a cent", 400, "/amount", () => ({ amount: 0.5 })],
      ["another currency", 400, "/currency", () => ({ currency: "USD" })],
      ["a first date that is past", 422, "/firstDate", () => ({ firstDate: day(-1) })],
      ["a day that the calendar does not have", 422, "/firstDate", () => ({ firstDate: "2099-02-29" })],
      ["a first date more than two years ahead", 422, "/firstDate", () => ({ firstDate: day(800) })],
      ["a moment in place of a date", 400, "/firstDate", () => ({ firstDate: "2026-12-01T09:00:00Z" })],
      ["an end before the beginning", 422, "/endDate", () => ({ firstDate: day(3), endDate: day(2) })],
      ["every week by name", 400, "/every", () => ({ every: "week" })],
      ["every zero days", 400, "/every", () => ({ every: { days: 0 } })],
      ["every half day", 400, "/every", () => ({ every: { days: 0.5 } })],
      ["a member that there is not", 400, "/retries", () => ({ retries: { afterDays: [1] } })],
      ["an empty reference", 400, "/reference", () => ({ reference: "" })],
    ];
    it.each(wrong)("%s", async (_, status, field, changes) => {
      const mandate = await authorise(stage, newPhone(), FOR_LONG);
      const plan = { amount: 990, currency: "EUR", every: "month", firstDate: day(1), ...changes() };
      const answer = await stage.api("POST", `/v1/mandates/${mandate}/plans`, plan);
      expect(answer.status).toBe(status);
      const named = answer.body.errors.find((one: { field: string }) => one.field.startsWith(field));
      expect(named?.message.length, JSON.stringify(answer.body)).toBeGreaterThan(10);
    });
  });

  it("refuse a plan that would begin after the mandate's end, or on a mandate that is over or for single purchases", async () => {
    const plan = { amount: 990, currency: "EUR", every: "month", firstDate: day(9) };
    const on = (mandate: string) => stage.api("POST", `/v1/mandates/${mandate}/plans`, plan);
    const short = await authorise(stage, newPhone(), { limit: "50.00", validUntil: day(5) });
    expect(await on(short)).toMatchObject({ status: 422, body: { errors: [{ field: "/firstDate" }] } });
    const single = await authorise(stage, newPhone(), { ...FOR_LONG, type: "oneclick" });
    expect(await on(single)).toMatchObject({ status: 422, body: { type: "/problems/mandate_not_periodic" } });
    await stage.api("POST", `/v1/mandates/${short}/cancel`);
    expect(await on(short)).toMatchObject({ status: 409, body: { type: "/problems/mandate_over" } });
  });

  it("refuse more plans than twenty at a time", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const plans = [];
    for (let count = 0; count < 20; count += 1) plans.push(await makePlan(mandate, { every: "month" }));
    const plan = { amount: 990, currency: "EUR", every: "month", firstDate: day(1) };
    const oneMore = () => stage.api("POST", `/v1/mandates/${mandate}/plans`, plan);
    expect(await oneMore()).toMatchObject({ status: 409, body: { type: "/problems/too_many_plans" } });
    await ask(plans[0].id, "cancel");
    expect((await oneMore()).status).toBe(201);
  });

  it("know nothing of what is not there", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const plan = { amount: 990, currency: "EUR", every: "month", firstDate: day(1) };
    for (const id of [`man_${"0".repeat(20)}`, "man_x", "pay_1"]) {
      expect((await stage.api("POST", `/v1/mandates/${id}/plans`, plan)).status).toBe(404);
      expect((await stage.api("GET", `/v1/mandates/${id}/plans`)).status).toBe(404);
    }
    for (const id of [`plan_${"0".repeat(20)}`, mandate, "x"]) {
      expect((await stage.api("GET", `/v1/plans/${id}`)).status).toBe(404);
      for (const what of ["pause", "resume", "cancel", "skip"]) expect((await ask(id, what)).status).toBe(404);
    }
    const { id } = await makePlan(mandate);
    expect(await ask(id, "skip", { period: 0 })).toMatchObject({ status: 400 });
    expect(await ask(id, "skip", { periods: 1 })).toMatchObject({ status: 400 });
  });
});
