import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activeMandate, readMandate } from "../support/actions.ts";
import { type Desk, deskOf } from "../support/dashboard.ts";
import { askMandate, newPhone } from "../support/mandates.ts";
import { asOperator } from "../support/operators.ts";
import { dayOn, makePlan, readPlan } from "../support/plans.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let owner: Desk;
let support: Desk;
let viewer: Desk;
let mandate: string;
let plan: string;
beforeAll(async () => {
  stage = await setStage();
  owner = deskOf(stage, await asOperator(stage, "owner", { name: "Marta" }));
  support = deskOf(stage, await asOperator(stage, "support", { name: "Rita" }));
  viewer = deskOf(stage, await asOperator(stage, "viewer"));
  const { id } = await activeMandate(
    stage,
    { description: "Tinned fish" },
    { limit: "50.00", validUntil: dayOn(stage, 700) },
  );
  mandate = id;
  plan = (await makePlan(stage, mandate)).id;
});
afterAll(() => stage.close());

const at = (rest = "") => `/dashboard/subscriptions/${mandate}${rest}`;
const ofPlan = (what: string) => at(`/plans/${plan}/${what}`);

describe("the list of authorised payments", () => {
  it("shows how each stands and its limit, and keeps to its filters", async () => {
    const list = await viewer.look("/dashboard/subscriptions");
    expect(list.text).toMatch(/Tinned fish Active .*€50\.00 a month/);
    expect(list.html).toContain(`href="${at()}"`);
    for (const filter of ["status=canceled", "customer=nobody", "words=0000"]) {
      const none = await viewer.look(`/dashboard/subscriptions?${filter}`);
      expect([filter, none.text.includes("No authorised payment matches these filters.")]).toEqual([filter, true]);
    }
    for (const words of ["9999", plan])
      expect((await viewer.look(`/dashboard/subscriptions?words=${words}`)).text).toContain("Tinned fish");
    expect((await viewer.look("/dashboard/subscriptions?status=wrong")).status).toBe(400);
  });
});

describe("the page of an authorised payment", () => {
  it("says what happens next, what was charged and what is to come", async () => {
    const { text } = await viewer.look(at());
    expect(text).toMatch(/€9\.90 a day: charge 1, of €9\.90, is made on/);
    expect(text).toMatch(/Charges of this plan .* 1 .*(Announced|To come) €9\.90 .*6 .*To come €9\.90/);
    expect(text).toMatch(/Timeline.*A plan was made: €9\.90 a day/);
    const inPortuguese = await deskOf(stage, await asOperator(stage, "viewer"), "pt").look(at());
    expect(inPortuguese.text).toContain("O que acontece a seguir");
  });

  it("leads to what one's role allows, and refuses the rest", async () => {
    const ways = async (desk: Desk) =>
      [...(await desk.look(at())).html.matchAll(/href="([^"]*\/(?:cancel|pause|skip|amount|end))"/g)].map(
        ([, to]) => to,
      );
    expect(await ways(viewer)).toEqual([]);
    // to whom the customer's address is not told in full, none is shown that leads nowhere
    expect((await viewer.look(at())).html).not.toMatch(/href="[^"]*\/mandates\//);
    expect(await ways(support)).toEqual([at("/cancel"), ofPlan("pause"), ofPlan("skip"), ofPlan("end")]);
    expect(await ways(owner)).toContain(ofPlan("amount"));
    for (const [desk, path] of [
      [viewer, ofPlan("pause")],
      [viewer, at("/cancel")],
      [support, ofPlan("amount")],
    ] as const) {
      expect((await desk.look(path)).status).toBe(403);
      expect((await desk.post(path, { key: "k", amount: "1" })).status).toBe(403);
    }
    expect(await readPlan(stage, plan)).toMatchObject({ status: "active", amount: 990 });
  });

  it("of nobody, and a plan of another authorised payment, are not there", async () => {
    const other = await askMandate(stage, newPhone());
    const foreign = `/dashboard/subscriptions/${other.body.id}/plans/${plan}/end`;
    expect((await support.look(foreign)).status).toBe(404);
    expect((await support.post(foreign, { key: "k" })).status).toBe(404);
    expect((await support.look("/dashboard/subscriptions/man_00000000000000000000")).status).toBe(404);
    expect((await readPlan(stage, plan)).status).toBe("active");
  });
});

describe("a plan", () => {
  it("is paused and resumed", async () => {
    for (const [what, status] of [
      ["pause", "paused"],
      ["resume", "active"],
    ] as const) {
      const { to } = await support.send(await support.look(ofPlan(what)), ofPlan(what));
      expect(to).toBe(at(`?done=${what}`));
      expect((await readPlan(stage, plan)).status).toBe(status);
    }
  });

  it("leaves out the charge that was shown, once for two presses and for two pages", async () => {
    const pages = [await support.look(ofPlan("skip")), await support.look(ofPlan("skip"))] as const;
    const before = (await readPlan(stage, plan)).nextCharge.period;
    for (const page of [pages[0], pages[0]])
      expect((await support.send(page, ofPlan("skip"))).to).toBe(at("?done=skip"));
    const late = await support.send(pages[1], ofPlan("skip"));
    expect(late.status).toBeGreaterThanOrEqual(400);
    expect((await readPlan(stage, plan)).nextCharge.period).toBe(before + 1);
  });

  it("charges another amount within the customer's limit, and keeps what was typed beyond it", async () => {
    const page = await owner.look(ofPlan("amount"));
    expect(page.text).toContain("The customer's limit: €50.00 a month");
    for (const [amount, says] of [
      ["50,01", "limit"],
      ["", "This is missing."],
    ] as const) {
      const refused = await owner.send(page, ofPlan("amount"), { amount });
      expect([refused.status >= 400, refused.text.includes(says)]).toEqual([true, true]);
    }
    const fresh = await owner.look(ofPlan("amount"));
    expect((await owner.send(fresh, ofPlan("amount"), { amount: "11,90" })).to).toBe(at("?done=amount"));
    expect((await readPlan(stage, plan)).amount).toBe(1_190);
  });

  it("ends, and what it charged stands in its calendar", async () => {
    await stage.advance(3 * 86_400);
    await stage.settle();
    // nobody stays signed in for days
    support = deskOf(stage, await asOperator(stage, "support", { name: "Rita" }));
    expect((await support.look(at())).text).toMatch(/Charges of this plan .*Paid €/);
    expect((await support.send(await support.look(ofPlan("end")), ofPlan("end"))).to).toBe(at("?done=end"));
    expect((await readPlan(stage, plan)).status).toBe("canceled");
    expect((await support.look(at())).html).not.toContain(ofPlan("pause"));
  });
});

describe("an authorised payment", () => {
  it("is ended under the name of whoever did it, once for two presses", async () => {
    const page = await support.look(at("/cancel"));
    for (const press of [1, 2]) {
      const { to } = await support.send(page, at("/cancel"));
      expect([press, to]).toEqual([press, at("?done=cancel")]);
    }
    expect((await readMandate(stage, mandate)).status).toBe("canceled");
    const after = await support.look(at());
    expect(after.html).not.toContain(at("/cancel"));
    expect(after.text).toContain("Nothing more happens by itself.");
    expect(after.text).toMatch(/The authorised payment was ended.*Rita/);
  });
});
