import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventTypesOfMandate } from "../support/actions.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { askPlan, dayOn, makePlan } from "../support/plans.ts";
import { type Stage, setStage } from "../support/stage.ts";

const FOR_LONG = { limit: "50.00", validUntil: "2099-12-31" };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

describe("plans over the API", () => {
  it("are listed newest first, a page at a time, and made once for one key", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const key = { "idempotency-key": crypto.randomUUID() };
    const wanted = { amount: 990, currency: "EUR", every: "month", firstDate: dayOn(stage, 3) };
    const [first, again] = [
      await stage.api("POST", `/v1/mandates/${mandate}/plans`, wanted, key),
      await stage.api("POST", `/v1/mandates/${mandate}/plans`, wanted, key),
    ];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(first.body.reference).toBe(first.body.id);
    const second = await makePlan(stage, mandate);
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
    const wanted = { amount: 990, currency: "EUR", every: "month", firstDate: dayOn(stage, 3) };
    const { id } = await twice(`/v1/mandates/${mandate}/plans`, wanted);
    expect((await stage.api("GET", `/v1/mandates/${mandate}/plans`)).body.data).toHaveLength(1);
    expect((await twice(`/v1/plans/${id}/skip`)).nextCharge.period).toBe(2);
    for (const what of ["pause", "resume", "cancel"]) await twice(`/v1/plans/${id}/${what}`);
    await twice(`/v1/mandates/${mandate}/cancel`);
    await stage.settle();
    const types = eventTypesOfMandate(stage, mandate).filter((type) =>
      /created|skipped|paused|resumed|canceled/.test(type),
    );
    expect(types).toEqual([
      "mandate.created",
      "plan.created",
      "plan.charge_skipped",
      "plan.paused",
      "plan.resumed",
      "plan.canceled",
      "mandate.canceled",
    ]);
  });

  it("charge another amount from the first charge on of which the shop was not told, within the customer's limit", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const made = await makePlan(stage, mandate, { every: { days: 2 }, firstDate: dayOn(stage, 3) });
    const { id } = made;
    // half a day before the first charge, of which the shop was told
    await stage.advance((Date.parse(made.nextCharge.at) - stage.now()) / 1000 - 12 * 3600);
    const change = (amount: number) => stage.api("POST", `/v1/plans/${id}/amount`, { amount });
    const changed = await change(1190);
    expect(changed).toMatchObject({ status: 200, body: { amount: 1190, nextCharge: { amount: 990 } } });
    expect(changed.body.nextCharge.announcedAt).not.toBeNull();
    expect(await change(5001)).toMatchObject({ status: 422, body: { type: "/problems/plan_exceeds_limit" } });
    await stage.advance(4 * 24 * 3600);
    const paid = (await stage.api("GET", `/v1/payments?plan=${id}`)).body.data;
    const amounts = paid.map((one: { amount: number }) => one.amount).reverse();
    expect(amounts.slice(0, changed.body.nextCharge.period)).toEqual(
      amounts.slice(0, changed.body.nextCharge.period).fill(990),
    );
    expect(new Set(amounts.slice(changed.body.nextCharge.period))).toEqual(new Set([1190]));
    const journal = (await stage.api("GET", `/v1/mandates/${mandate}/journal`)).body.data;
    const texts = journal.map(({ text }: { text: string }) => text);
    expect(texts).toContainEqual(expect.stringMatching(/^The plan charges €?\s?11\.90.* from charge \d on\.$/));
    await stage.api("POST", `/v1/plans/${id}/cancel`);
    expect(await change(500)).toMatchObject({ status: 409, body: { type: "/problems/plan_over" } });
  });

  describe("refuse, naming the field and what to do", () => {
    const wrong: [what: string, status: number, field: string, changes: () => object][] = [
      ["an amount above the limit", 422, "/amount", () => ({ amount: 5001 })],
      ["an amount of nothing", 400, "/amount", () => ({ amount: 0 })],
      ["half a cent", 400, "/amount", () => ({ amount: 0.5 })],
      ["another currency", 400, "/currency", () => ({ currency: "USD" })],
      ["a first date that is past", 422, "/firstDate", () => ({ firstDate: dayOn(stage, -1) })],
      ["a day that the calendar does not have", 422, "/firstDate", () => ({ firstDate: "2099-02-29" })],
      ["a first date more than two years ahead", 422, "/firstDate", () => ({ firstDate: dayOn(stage, 800) })],
      ["a moment in place of a date", 400, "/firstDate", () => ({ firstDate: "2026-12-01T09:00:00Z" })],
      [
        "an end before the beginning",
        422,
        "/endDate",
        () => ({ firstDate: dayOn(stage, 3), endDate: dayOn(stage, 2) }),
      ],
      ["every week by name", 400, "/every", () => ({ every: "week" })],
      ["every zero days", 400, "/every", () => ({ every: { days: 0 } })],
      ["every half day", 400, "/every", () => ({ every: { days: 0.5 } })],
      ["a member that there is not", 400, "/retries", () => ({ retries: { afterDays: [1] } })],
      ["an empty reference", 400, "/reference", () => ({ reference: "" })],
    ];
    it.each(wrong)("%s", async (_, status, field, changes) => {
      const mandate = await authorise(stage, newPhone(), FOR_LONG);
      const plan = { amount: 990, currency: "EUR", every: "month", firstDate: dayOn(stage, 1), ...changes() };
      const answer = await stage.api("POST", `/v1/mandates/${mandate}/plans`, plan);
      expect(answer.status).toBe(status);
      const named = answer.body.errors.find((one: { field: string }) => one.field.startsWith(field));
      expect(named?.message.length, JSON.stringify(answer.body)).toBeGreaterThan(10);
    });
  });

  it("refuse a plan that would begin after the mandate's end, or on a mandate that is over or for single purchases", async () => {
    const plan = { amount: 990, currency: "EUR", every: "month", firstDate: dayOn(stage, 9) };
    const on = (mandate: string) => stage.api("POST", `/v1/mandates/${mandate}/plans`, plan);
    const short = await authorise(stage, newPhone(), { limit: "50.00", validUntil: dayOn(stage, 5) });
    expect(await on(short)).toMatchObject({ status: 422, body: { errors: [{ field: "/firstDate" }] } });
    const single = await authorise(stage, newPhone(), { ...FOR_LONG, type: "oneclick" });
    expect(await on(single)).toMatchObject({ status: 422, body: { type: "/problems/mandate_not_periodic" } });
    await stage.api("POST", `/v1/mandates/${short}/cancel`);
    expect(await on(short)).toMatchObject({ status: 409, body: { type: "/problems/mandate_over" } });
  });

  it("refuse more plans than twenty at a time", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const plans = [];
    for (let count = 0; count < 20; count += 1) plans.push(await makePlan(stage, mandate, { every: "month" }));
    const plan = { amount: 990, currency: "EUR", every: "month", firstDate: dayOn(stage, 1) };
    const oneMore = () => stage.api("POST", `/v1/mandates/${mandate}/plans`, plan);
    expect(await oneMore()).toMatchObject({ status: 409, body: { type: "/problems/too_many_plans" } });
    await askPlan(stage, plans[0].id, "cancel");
    expect((await oneMore()).status).toBe(201);
  });

  it("know nothing of what is not there", async () => {
    const mandate = await authorise(stage, newPhone(), FOR_LONG);
    const plan = { amount: 990, currency: "EUR", every: "month", firstDate: dayOn(stage, 1) };
    for (const id of [`man_${"0".repeat(20)}`, "man_x", "pay_1"]) {
      expect((await stage.api("POST", `/v1/mandates/${id}/plans`, plan)).status).toBe(404);
      expect((await stage.api("GET", `/v1/mandates/${id}/plans`)).status).toBe(404);
    }
    for (const id of [`plan_${"0".repeat(20)}`, mandate, "x"]) {
      expect((await stage.api("GET", `/v1/plans/${id}`)).status).toBe(404);
      for (const what of ["pause", "resume", "cancel", "skip"])
        expect((await askPlan(stage, id, what)).status).toBe(404);
    }
    const { id } = await makePlan(stage, mandate);
    expect(await askPlan(stage, id, "skip", { period: 0 })).toMatchObject({ status: 400 });
    expect(await askPlan(stage, id, "skip", { periods: 1 })).toMatchObject({ status: 400 });
  });
});
