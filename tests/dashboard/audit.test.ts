import { cents } from "@caravela/sibs/money";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditTexts } from "../../packages/web/src/dashboard/audit/texts.ts";
import { approve, askPhone, createPayment } from "../support/actions.ts";
import { deskOf } from "../support/dashboard.ts";
import { asOperator, type SignedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let owner: SignedIn;
beforeAll(async () => {
  stage = await setStage({ alone: { above: cents(100), day: null } });
  owner = await asOperator(stage, "owner", { name: "Ana" });
});
afterAll(() => stage.close());

it("says in a sentence who did what to what, and how it ended, each action once", async () => {
  const support = await asOperator(stage, "support", { name: "Rita" });
  const payment = await createPayment(stage);
  await support.api("POST", `/v1/payments/${payment}/cancel`);
  await support.api("POST", `/v1/payments/${payment}/attention/resolve`, { note: "Seen." });
  const desk = deskOf(stage, owner);
  const { text, html } = await desk.look(`/dashboard/audit?operator=${support.id}`);
  expect(text.match(/Rita canceled a payment: pay_/g)?.length).toBe(1);
  expect(text).toContain("Rita tried to resolve what needs somebody: pay_");
  expect([text.includes("Done"), text.includes("Refused (4"), text.includes("Asked for")]).toEqual([true, true, false]);
  expect(html).toContain(`href="/dashboard/payments/${payment}"`);
  expect((await desk.look("/dashboard/audit?subject=pay_none")).text).toContain("Nothing was found.");
  expect((await desk.look("/dashboard/audit?from=yesterday")).status).toBe(400);
});

it("does not say of a refund that waits for a second person that it is done, and names the person who is meant", async () => {
  const refunder = await asOperator(stage, "refunder", { name: "Marta" });
  const payment = await createPayment(stage);
  await askPhone(stage, payment);
  await approve(stage);
  await stage.settle();
  await refunder.api("POST", `/v1/payments/${payment}/refunds`, { amount: 300 });
  await owner.api("POST", `/v1/operators/${refunder.id}`, { refundLimit: 5_000 });
  const { text } = await deskOf(stage, owner).look("/dashboard/audit");
  expect(text).toMatch(/Marta asked to [^:]*: pay_.{0,900}Waits for another person/);
  expect(text).toMatch(/Ana changed a colleague: Marta .{0,900}Done/);
});

it("is an accountant's and an owner's alone, and a look at it stands in it", async () => {
  const accountant = await asOperator(stage, "accountant", { name: "Eva" });
  expect((await deskOf(stage, accountant).look("/dashboard/audit")).status).toBe(200);
  expect((await deskOf(stage, owner, "pt").look("/dashboard/audit")).text).toContain("Eva leu o registo");
  expect((await deskOf(stage, await asOperator(stage, "support")).look("/dashboard/audit")).status).toBe(403);
});

it("has words in both languages for whatever may stand in it", async () => {
  const described = await fetch(`${stage.server.url}/openapi.json`);
  const { paths } = (await described.json()) as { paths: Record<string, Record<string, { operationId: string }>> };
  const changes = Object.values(paths).flatMap((path) =>
    Object.entries(path).flatMap(([method, { operationId }]) => (method === "get" ? [] : [operationId])),
  );
  expect(changes.length).toBeGreaterThan(20);
  const without = (lang: "pt" | "en") => changes.filter((name) => auditTexts[lang].did(name, "done") === name);
  expect([without("pt"), without("en")]).toEqual([[], []]);
});
