import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment } from "../support/actions.ts";
import { deskOf } from "../support/dashboard.ts";
import { asOperator, type SignedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let accountant: SignedIn;
beforeAll(async () => {
  stage = await setStage();
  accountant = await asOperator(stage, "accountant");
});
afterAll(() => stage.close());

async function paid(amount: number): Promise<string> {
  const id = await createPayment(stage, { amount });
  await askPhone(stage, id);
  await approve(stage);
  await stage.settle();
  return id;
}

describe("what a day begins with", () => {
  it("is what was taken and given back, what is still to come, why tries failed, and that all works", async () => {
    await paid(1_200);
    const refunded = await paid(800);
    await stage.api("POST", `/v1/payments/${refunded}/refunds`, { amount: 300 });
    await askReference(stage, await createPayment(stage, { amount: 4_000 }));
    await askPhone(stage, await createPayment(stage), "960000002");
    await stage.advance(15);
    await stage.settle();
    const { status, text, html } = await deskOf(stage, accountant).look("/dashboard/today");
    expect(status).toBe(200);
    expect(text).toMatch(/Taken €20\.00 2 payments/);
    expect(text).toMatch(/MB WAY €20\.00 2 payments Refunded €3\.00/);
    expect(text).toMatch(/References still to be paid .* 1 reference €40\.00/);
    expect(text).toMatch(/Why tries to pay failed In the last seven days .* MB WAY 1/);
    expect(text).toContain("All is well SIBS answers in");
    const sums = await stage.api("GET", "/v1/summaries/days");
    const [{ day }] = sums.body.data;
    expect(html).toContain(`href="/dashboard/payments?paid_from=${day}&amp;paid_to=${day}&amp;sort=paid"`);
    const weekBefore = new Date(Date.parse(day) - 7 * 24 * 3600 * 1000).toISOString().slice(0, 10);
    expect(html).toContain(
      `href="/dashboard/payments?paid_from=${weekBefore}&amp;paid_to=${weekBefore}&amp;sort=paid"`,
    );
  });

  it("opens the list behind its numbers, and is where whoever reckons begins", async () => {
    const desk = deskOf(stage, accountant);
    const { html } = await desk.look("/dashboard/today");
    const lists = [...html.matchAll(/href="(\/dashboard\/(?:payments|refunds)\?[^"]*)"/g)].map(([, to = ""]) =>
      to.replaceAll("&amp;", "&"),
    );
    expect(lists.length).toBeGreaterThan(3);
    for (const to of new Set(lists)) expect([to, (await desk.look(to)).status]).toEqual([to, 200]);
    const [references = ""] = lists.filter((to) => to.includes("reference_ends="));
    expect((await desk.look(references)).text).toMatch(/Multibanco .*€40\.00/);
    // each day of the table, too
    expect(new Set(lists.filter((to) => to.includes("?paid_from=") && !to.includes("method="))).size).toBe(30);
    expect((await desk.look("/dashboard")).to).toBe("/dashboard/today");
  });

  it("is not shown to whom no sums are: they begin with payments, and are told who may see it", async () => {
    const desk = deskOf(stage, await asOperator(stage, "support"));
    expect((await desk.look("/dashboard")).to).toBe("/dashboard/payments");
    const { status, text } = await desk.look("/dashboard/today");
    expect(status).toBe(403);
    expect(text).not.toContain("€20.00");
  });
});
