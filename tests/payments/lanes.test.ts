import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, read } from "../support/actions.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { makePlan } from "../support/plans.ts";
import type { Stage } from "../support/stage.ts";
import { setStageOnLine } from "../support/stage-on-line.ts";
import { until } from "../support/until.ts";

const MANDATES = 3;
const PLANS_EACH = 12;
const CHARGES = MANDATES * PLANS_EACH;
/** So few that the charges take a minute, though a customer's calls wait for nothing. */
const CALLS_PER_SECOND = 2;

let stage: Stage;
/** The paths of all calls that reached SIBS; what a server that starts says to the sandbox is none. */
const calls: string[] = [];
let mandates: string[];

beforeAll(async () => {
  ({ stage } = await setStageOnLine({}, (path) => void (path.startsWith("/sandbox/") || calls.push(path))));
  const terms = { limit: "500.00", validUntil: "2099-12-31" };
  mandates = await Promise.all(Array.from({ length: MANDATES }, () => authorise(stage, newPhone(), terms)));
  const plans = mandates.flatMap((mandate) => Array.from({ length: PLANS_EACH }, () => makePlan(stage, mandate)));
  const [{ nextCharge }] = await Promise.all(plans);
  await stage.advance(Math.floor((Date.parse(nextCharge.at) - stage.now()) / 1000) - 5);
  await stage.restartServer({ sibsCallsPerSecond: CALLS_PER_SECOND });
  calls.length = 0;
});
afterAll(() => stage.close());

async function charged(): Promise<{ open: Payment[]; through: number }> {
  const pages = await Promise.all(mandates.map((id) => stage.api("GET", `/v1/payments?mandate=${id}&limit=100`)));
  const made: Payment[] = pages.flatMap(({ body }) => body.data);
  const open = made.filter(({ status }) => status === "open");
  return { open, through: made.filter(({ status }) => status === "paid").length };
}

interface Payment {
  readonly id: string;
  readonly payUrl: string;
  readonly status: string;
}

const isPaid = async (id: string): Promise<boolean> => (await read(stage, id)).status === "paid";

describe("while many plans are charged at once", () => {
  it("a customer at the phone is asked, and has paid, before the charges are through", async () => {
    await until(() => calls.some((path) => path.endsWith("/mbway-id/purchase")));
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await approve(stage);
    await until(() => isPaid(id));
    expect((await charged()).through).toBeLessThan(CHARGES / 2);
  });

  it("so has one who looks at the page of a charge that has not had its turn", async () => {
    const last = (await charged()).open.at(0);
    if (last === undefined) throw new Error("nothing is left to be charged");
    await fetch(last.payUrl);
    await until(() => isPaid(last.id));
    expect((await charged()).through).toBeLessThan(CHARGES);
  });

  it("and all of them come through, by three calls each", async () => {
    await stage.restartServer({ sibsCallsPerSecond: 0 });
    await stage.settle();
    expect((await charged()).through).toBe(CHARGES);
    expect(calls.filter((path) => path.endsWith("/mbway-id/purchase"))).toHaveLength(CHARGES + 1);
    expect(calls.length).toBeLessThanOrEqual(3 * (CHARGES + 1) + MANDATES);
  });
});
