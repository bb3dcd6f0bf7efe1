import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventTypesOf } from "../support/actions.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { type Stage, setStage } from "../support/stage.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let stage: Stage;
/** How far the server's clock is ahead, in milliseconds. */
let ahead: number;
beforeEach(async () => {
  stage = await setStage();
  ahead = 0;
});
afterEach(() => stage.close());

/** Moves the server's clock to a moment at one go, as when its machine was asleep until then. */
async function sleepUntil(at: number): Promise<void> {
  const seconds = Math.ceil((at - Date.now() - ahead) / 1000);
  ahead += seconds * 1000;
  await stage.stepServer(seconds);
}

async function makePlan(firstDate: string, every: unknown, changes: object = {}) {
  const mandate = await authorise(stage, newPhone(), { limit: "500.00", validUntil: "2099-12-31" });
  const wanted = { amount: 990, currency: "EUR", every, firstDate, ...changes };
  const { status, body } = await stage.api("POST", `/v1/mandates/${mandate}/plans`, wanted);
  if (status !== 201) throw new Error(`no plan: ${JSON.stringify(body)}`);
  return body;
}

const nextChargeOf = async (plan: string) => (await stage.api("GET", `/v1/plans/${plan}`)).body.nextCharge;

/** The payments that a plan made, oldest first; each is paid, and told of as paid once. */
async function paidBy(plan: string) {
  const payments = (await stage.api("GET", `/v1/payments?plan=${plan}&limit=100`)).body.data.toReversed();
  for (const { id, status } of payments) {
    expect(status).toBe("paid");
    expect(eventTypesOf(stage, id).filter((type) => type === "payment.paid")).toHaveLength(1);
  }
  return payments;
}

describe("a monthly plan that begins on the 31st", () => {
  it("charges on the last day of shorter months and on the 31st of the others, at nine in Lisbon, in summer time as in winter", async () => {
    const year = new Date().getFullYear() + 1;
    const { id } = await makePlan(`${year}-01-31`, "month");
    const charged: string[] = [];
    for (let month = 1; month <= 10; month += 1) {
      const { at } = await nextChargeOf(id);
      charged.push(at);
      await sleepUntil(Date.parse(at) - DAY);
      await sleepUntil(Date.parse(at));
    }
    const february = new Date(Date.UTC(year, 2, 0)).getUTCDate();
    expect(charged).toEqual([
      `${year}-01-31T09:00:00.000Z`,
      `${year}-02-${february}T09:00:00.000Z`,
      `${year}-03-31T08:00:00.000Z`,
      `${year}-04-30T08:00:00.000Z`,
      `${year}-05-31T08:00:00.000Z`,
      `${year}-06-30T08:00:00.000Z`,
      `${year}-07-31T08:00:00.000Z`,
      `${year}-08-31T08:00:00.000Z`,
      `${year}-09-30T08:00:00.000Z`,
      `${year}-10-31T09:00:00.000Z`,
    ]);
    const payments = await paidBy(id);
    expect(payments.map((one: { plan: { date: string } }) => one.plan.date)).toEqual(
      charged.map((at) => at.slice(0, 10)),
    );
    for (const [place, { createdAt }] of payments.entries()) {
      const late = Date.parse(createdAt) - Date.parse(charged[place] ?? "");
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(30_000);
    }
  });
});

describe("a server that was away for three days", () => {
  const upcoming = (id: string) =>
    stage.events.filter(({ type, data }) => type === "plan.charge_upcoming" && data.plan?.id === id);
  const periods = async (id: string) => (await paidBy(id)).map(({ plan }: { plan: { period: number } }) => plan.period);

  it.each([
    ["charge", [1], [1, 2], [1, 2, 3], 0],
    ["latest", [], [3], [3, 5], 2],
    ["skip", [], [4], [4, 5], 1],
  ] as const)(
    "tells of each charge a day before, makes one a day, and makes up for what was missed as asked: %s",
    async (missed, back, day, twoDays, left) => {
      const inTwoDays = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Lisbon" }).format(Date.now() + 2 * DAY);
      const { id, nextCharge } = await makePlan(inTwoDays, { days: 1 }, { missed });
      expect((await stage.api("GET", `/v1/plans/${id}`)).body).toMatchObject({ missed });
      const first = Date.parse(nextCharge.at);
      // told of the first charge, and of no other
      await sleepUntil(first - HOUR);
      await stage.restartServer();
      const returned = first + 2 * DAY + 4 * HOUR;
      await sleepUntil(returned);
      expect(await periods(id)).toEqual(back);
      await sleepUntil(returned + DAY - HOUR);
      expect(await periods(id)).toEqual(back);
      await sleepUntil(returned + DAY + 60_000);
      expect(await periods(id)).toEqual(day);
      await sleepUntil(returned + 2 * DAY);
      expect(await periods(id)).toEqual(twoDays);
      for (const payment of await paidBy(id)) {
        const told = upcoming(id).find(
          ({ data }) => (data.plan as { nextCharge: { period: number } }).nextCharge.period === payment.plan.period,
        );
        const notice = Date.parse(payment.createdAt) - Date.parse(told?.timestamp ?? "");
        expect(notice).toBeGreaterThan(DAY - 60_000);
      }
      const missing = stage.events.filter(({ type, data }) => type === "plan.charges_missed" && data.plan?.id === id);
      expect(missing.length > 0).toBe(left > 0);
    },
  );

  it("makes up for the latest alone unless asked otherwise", async () => {
    const plan = await makePlan(new Date(Date.now() + 5 * DAY).toISOString().slice(0, 10), { days: 1 });
    expect(plan.missed).toBe("latest");
    const bad = await stage.api("POST", `/v1/mandates/${plan.mandate}/plans`, {
      amount: 990,
      currency: "EUR",
      every: "month",
      missed: "all",
    });
    expect(bad.status).toBe(400);
    expect(bad.body.errors[0].field).toBe("/missed");
  });
});
