import { lisbonDate } from "@caravela/platform/lisbon";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { agree, askMandate, askReference, createPayment } from "../support/actions.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { askPlan, dayOn, makePlan, readPlan } from "../support/plans.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { described, readDescription } from "./described.ts";

let stage: Stage;
let faults: string[];
beforeAll(async () => {
  const plain = await setStage();
  ({ stage, faults } = described(plain, await readDescription(plain)));
});
afterAll(() => stage.close());
afterEach(() => expect(faults.splice(0)).toEqual([]));

const get = async (path: string) => (await stage.api("GET", `/v1/${path}`)).body;
const idsOf = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);
const today = () => lisbonDate(stage.now());

/** Each path lists what is beside it. */
async function expectLists(lists: readonly (readonly [path: string, ids: readonly string[]])[]) {
  for (const [path, ids] of lists) expect([path, idsOf(await get(path))]).toEqual([path, ids]);
}

async function expectRefused(path: string, fields: readonly string[]) {
  const { status, body } = await stage.api("GET", `/v1/${path}`);
  expect([path, status, body.errors?.map(({ field }: { field: string }) => field).sort()]).toEqual([path, 400, fields]);
}

describe("lists of mandates and plans", () => {
  it("are filtered and searched", async () => {
    const one = await askMandate(stage, { reference: "Box-1", customer: { id: "m1", name: "Ana" } });
    await agree(stage);
    await stage.settle();
    const two = await askMandate(stage, {
      reference: "box-2",
      customer: { id: "m1", name: "Ana" },
      phone: "910000123",
    });
    const first = await makePlan(stage, one.id, { reference: "Plan-A" });
    const second = await makePlan(stage, one.id, { amount: 700, reference: "Plan-B" });
    await askPlan(stage, second.id, "pause");
    await expectLists([
      ["mandates?customer=m1", [two.id, one.id]],
      ["mandates?customer=m1&status=active,suspended", [one.id]],
      ["mandates?status=pending", [two.id]],
      ["mandates?reference=Box-1", [one.id]],
      ["mandates?reference=box-1", []],
      [`mandates?created_from=${today()}&created_to=${today()}&customer=m1`, [two.id, one.id]],
      ["mandates?created_to=2020-01-01", []],
      ["mandates?in_doubt=true", []],
      ["mandates?in_doubt=false", [two.id, one.id]],
      ["mandates?q=BOX-1", [one.id]],
      ["mandates?q=0123", [two.id]],
      ["mandates?q=01%2023.", [two.id]],
      [`mandates?q=${one.id}`, [one.id]],
      [`mandates?q=${first.id}`, [one.id]],
      ["mandates?q=%25", []],
      ["plans", [second.id, first.id]],
      ["plans?status=paused", [second.id]],
      ["plans?status=active,pending&customer=m1", [first.id]],
      ["plans?reference=Plan-A", [first.id]],
      ["plans?q=plan-a", [first.id]],
      [`plans?mandate=${one.id}&amount=700`, [second.id]],
      [`plans?q=${one.id}`, [second.id, first.id]],
      [`plans?mandate=${two.id}`, []],
    ]);
    const page = await get("plans?limit=1");
    expect(idsOf(await get(`plans?limit=1&after=${page.next}`))).toEqual([first.id]);
    const mandates = await get("mandates?customer=m1&limit=1");
    expect(idsOf(await get(`mandates?customer=m1&limit=1&after=${mandates.next}`))).toEqual([one.id]);
  });

  it("know the limit, the phone, and what was charged by them", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone, { limit: "61.00", validUntil: "2099-12-31" });
    const other = await authorise(stage, newPhone(), { limit: "62.00", validUntil: "2099-12-31" });
    const plan = await makePlan(stage, mandate, { amount: 612, every: "month" });
    const idle = await makePlan(stage, other, { amount: 613, every: "month", firstDate: dayOn(stage, 9) });
    const { nextCharge } = await readPlan(stage, plan.id);
    await stage.advance(Math.ceil((Date.parse(nextCharge.at) - stage.now()) / 1000) + 60);
    const charged = today();
    const [payment] = (await get(`payments?plan=${plan.id}`)).data;
    expect(payment).toMatchObject({ status: "paid" });
    const refund = (await stage.api("POST", `/v1/payments/${payment.id}/refunds`, { amount: 12 })).body;
    const [event] = idsOf(await get(`events?payment=${payment.id}`));
    const [ofMandate] = idsOf(await get(`events?mandate=${mandate}`));
    const transaction = payment.attempts[0].transactionId;
    const [{ id: atSibs }] = (await stage.sandbox("GET", `/phones/351%23${phone}`)).body.mandates;
    await expectLists([
      ["mandates?amount=6100", [mandate]],
      ["mandates?amount=6100&status=active", [mandate]],
      ["mandates?amount=6100&status=canceled", []],
      ["mandates?amount=6103", []],
      ["mandates?q=61,00%20€", [mandate]],
      [`mandates?q=61,00%20${today()}`, []],
      [`mandates?paid_from=${charged}&amount=6100`, [mandate]],
      [`mandates?paid_from=${charged}&amount=6200`, []],
      [`mandates?paid_to=${dayOn(stage, -2)}&amount=6100`, []],
      ["mandates?attention=true", []],
      ["mandates?attention=false&amount=6100", [mandate]],
      ...[plan.id, payment.id, refund.id, transaction, event, ofMandate].map(
        (q) => [`mandates?q=${q}`, [mandate]] as const,
      ),
      ["plans?amount=612&status=active", [plan.id]],
      ["plans?q=6,12", [plan.id]],
      [`plans?paid_from=${charged}&paid_to=${charged}&mandate=${mandate}`, [plan.id]],
      [`plans?paid_from=${charged}&mandate=${other}`, []],
      [`plans?q=${phone.slice(-4)}`, [plan.id]],
      ["plans?in_doubt=true", []],
      ["plans?attention=true", []],
      [`plans?in_doubt=false&attention=false&mandate=${other}`, [idle.id]],
      ...[payment.id, refund.id, transaction, event, ofMandate, mandate].map(
        (q) => [`plans?q=${q}`, [plan.id]] as const,
      ),
      [`refunds?plan=${plan.id}`, [refund.id]],
      [`refunds?mandate=${mandate}&amount=12`, [refund.id]],
      [`refunds?mandate=${other}`, []],
      [`refunds?q=${mandate}`, [refund.id]],
      [`refunds?q=${plan.id}`, [refund.id]],
      [`payments?q=${atSibs}`, [payment.id]],
      [`refunds?q=${atSibs}`, [refund.id]],
      [`mandates?q=${atSibs}`, [mandate]],
      [`plans?q=${atSibs}`, [plan.id]],
      // what only the data says leaves nothing, and is no fault
      [`refunds?plan=${plan.id}&mandate=${other}`, []],
      [`payments?plan=${plan.id}&mandate=${other}`, []],
      [`plans?mandate=${other}&amount=612`, []],
    ]);
    for (const id of [mandate, other]) await stage.api("POST", `/v1/mandates/${id}/cancel`);
  });

  it.each<[path: string, ...fields: string[]]>([
    ["payments?sort=paid&status=open,expired", "status"],
    ["payments?paid_from=2026-11-27&status=authorized", "status"],
    ["payments?created_from=2026-11-28&paid_to=2026-11-27", "paid_to"],
    ["refunds?created_from=2026-11-28&paid_to=2026-11-27", "paid_to"],
    ["refunds?sort=paid&status=failed,pending", "status"],
    ["refunds?sort=paid&in_doubt=true", "in_doubt"],
    ["captures?paid_to=2026-11-27&in_doubt=true", "in_doubt"],
    ["captures?in_doubt=true&status=succeeded", "status"],
    ["captures?in_doubt=false&status=in_doubt", "status"],
    ["payments?status=authorized&method=multibanco", "method"],
    ["captures?method=multibanco", "method"],
    ["mandates?created_from=2026-11-28&paid_to=2026-11-27", "paid_to"],
    ["mandates?amount=100&status=pending,refused", "status"],
    ["mandates?paid_from=2026-11-27&status=refused", "status"],
    ["mandates?attention=true&status=pending", "status"],
    ["mandates?in_doubt=true&status=active,canceled", "status"],
    ["plans?created_from=2026-11-28&paid_to=2026-11-27", "paid_to"],
    ["plans?paid_from=2026-11-27&status=pending", "status"],
    ["plans?in_doubt=true&status=pending", "status"],
    ["plans?attention=true&status=pending", "status"],
  ])("refuse filters that contradict each other by themselves: %s", async (path, ...fields) => {
    await expectRefused(path, fields);
  });

  it("refuse what cannot be", async () => {
    await expectRefused("mandates?status=paid&created_from=x", ["created_from", "status"]);
    await expectRefused("mandates?created_from=2026-11-28&created_to=2026-11-27", ["created_from", "created_to"]);
    await expectRefused("plans?status=refused&terminal=shop", ["status", "terminal"]);
  });
});

describe("a list of events", () => {
  it("is of a payment, of types, of an endpoint, of what it has not taken", async () => {
    const { body: all } = await stage.api("GET", "/v1/event-endpoints");
    const { body: picky } = await stage.api("POST", "/v1/event-endpoints", {
      url: "http://127.0.0.1:8/closed",
      types: ["payment.canceled"],
    });
    const [one, two] = [await createPayment(stage), await createPayment(stage)];
    await stage.api("POST", `/v1/payments/${one}/cancel`);
    await stage.settle();
    const [canceled, created] = idsOf(await get(`events?payment=${one}`)) as [string, string];
    const [other] = idsOf(await get(`events?payment=${two}`)) as [string];
    await expectLists([
      [`events?payment=${one}&type=payment.created`, [created]],
      [`events?payment=${one}&created_from=${today()}`, [canceled, created]],
      ["events?type=payment.canceled,payment.created&limit=3", [canceled, other, created]],
      [`events?endpoint=${picky.id}`, [canceled]],
      [`events?endpoint=${picky.id}&type=payment.created`, []],
      [`events?endpoint=${all.data[0].id}&payment=${one}`, [canceled, created]],
      ["events?endpoint=ep_none", []],
      ["events?undelivered=true", [canceled]],
      [`events?undelivered=true&endpoint=${all.data[0].id}`, []],
      [`events?undelivered=false&payment=${one}`, [created]],
    ]);
    const page = await get(`events?payment=${one}&limit=1`);
    expect(idsOf(await get(`events?payment=${one}&limit=1&after=${page.next}`))).toEqual([created]);
    await stage.advance(4 * 24 * 60 * 60);
    await expectLists([[`events?undelivered=true&endpoint=${picky.id}`, [canceled]]]);
  });

  it("is searched by what it tells of", async () => {
    const id = await createPayment(stage, {
      reference: "Told-17",
      amount: 4321,
      customer: { email: "told@example.pt" },
    });
    const attempt = (await askReference(stage, id)).body;
    await stage.settle();
    const phone = newPhone();
    const mandate = await authorise(stage, phone, { reference: "Told-18", limit: "44.44" });
    const [told, toldOfMandate] = [
      idsOf(await get(`events?payment=${id}`)),
      idsOf(await get(`events?mandate=${mandate}`)),
    ];
    expect([told.length, toldOfMandate.length]).toEqual([2, 2]);
    const { entity, reference } = attempt.multibanco;
    const ofPayment = [
      "told-17",
      id,
      attempt.id,
      attempt.transactionId,
      "told@example.pt",
      `43,21 ${today()}`,
      `${entity} ${reference}`,
    ];
    await expectLists([
      ...ofPayment.map((q) => [`events?q=${encodeURIComponent(q)}`, told] as const),
      ...["told-18", mandate, phone.slice(-4), "44,44"].map((q) => [`events?q=${q}`, toldOfMandate] as const),
      [`events?q=${told[1]}`, [told[1] as string]],
      ["events?q=told-17&type=payment.created", [told[1] as string]],
      [`events?q=told-17&payment=${id}&undelivered=false`, told],
      [`events?q=told-17&mandate=${mandate}`, []],
      ["events?q=told", []],
      ["events?q=%25", []],
    ]);
    const { body } = await stage.api("POST", "/v1/events/resend", { filter: { q: "told-17" } });
    expect(body).toEqual({ count: 2 });
  });

  it("of an endpoint is in the order in which they were recorded, whenever they were asked for again", async () => {
    const id = await createPayment(stage);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    const [canceled, created] = idsOf(await get(`events?payment=${id}`)) as [string, string];
    const { body: late } = await stage.api("POST", "/v1/event-endpoints", { url: "http://127.0.0.1:8/late" });
    await expectLists([[`events?endpoint=${late.id}`, []]]);
    await stage.advance(60);
    await stage.api("POST", "/v1/events/resend", { filter: { payment: id } });
    const other = await createPayment(stage);
    await stage.advance(60);
    await stage.api("POST", `/v1/events/${created}/resend`);
    const [newest] = idsOf(await get(`events?payment=${other}`)) as [string];
    await expectLists([
      [`events?endpoint=${late.id}`, [newest, canceled, created]],
      [`events?endpoint=${late.id}&type=payment.created`, [newest, created]],
      [`events?endpoint=${late.id}&undelivered=true`, [newest, canceled, created]],
      [`events?endpoint=${late.id}&undelivered=false`, []],
      // told of it no more, and what it was sent is there
      [`events?endpoint=${late.id}&type=refund.created`, []],
    ]);
    await stage.api("POST", "/v1/event-endpoints", { url: "http://127.0.0.1:8/late", types: ["payment.paid"] });
    const page = await get(`events?endpoint=${late.id}&limit=2`);
    await expectLists([
      [`events?endpoint=${late.id}&limit=2&after=${page.next}`, [created]],
      [`events?endpoint=${late.id}&type=payment.canceled`, [canceled]],
    ]);
    await stage.api("DELETE", `/v1/event-endpoints/${late.id}`);
  });

  it("refuses what cannot be", async () => {
    await expectRefused("events?payment=pay_1&type=mandate.created,plan.paused", ["type"]);
    await expectRefused("events?mandate=man_1&type=payment.paid", ["type"]);
    await expectRefused("events?type=payment.nonsense&created_to=2026-02-30", ["created_to", "type"]);
    await expectRefused("events?payment=pay_1&mandate=man_1", ["mandate"]);
  });
});
