import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activeMandate, createPayment, read } from "../support/actions.ts";
import { ANA, payByCard } from "../support/cards.ts";
import { type Desk, deskOf } from "../support/dashboard.ts";
import { asOperator } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

const ID = "cliente/7 & 8";
const OF_THEM = { customer: { ...ANA, id: ID, name: "Maria Quitéria" } };
const at = `/dashboard/customers/${encodeURIComponent(ID)}`;

let stage: Stage;
let owner: Desk;
let support: Desk;
let viewer: Desk;
let payment: string;
let mandate: string;
beforeAll(async () => {
  stage = await setStage({ methods: ["mbway", "card"] });
  owner = deskOf(stage, await asOperator(stage, "owner"));
  support = deskOf(stage, await asOperator(stage, "support"));
  viewer = deskOf(stage, await asOperator(stage, "viewer"));
  payment = await createPayment(stage, { ...OF_THEM, saveCard: true });
  await payByCard(stage, payment, "4111111111111111");
  mandate = (await activeMandate(stage, { customer: { id: ID, name: "Maria Quitéria" } })).id;
  await stage.settle();
});
afterAll(() => stage.close());

const tokens = async () => (await stage.api("GET", `/v1/tokens?customer=${encodeURIComponent(ID)}`)).body.data;

describe("the page of a customer", () => {
  it("shows their payments, authorised payments and saved cards, and is where a payment leads", async () => {
    const { html, text } = await support.look(at);
    for (const path of [`/dashboard/payments/${payment}`, `/dashboard/subscriptions/${mandate}`])
      expect(html).toContain(`href="${path}"`);
    expect(text).toMatch(/Saved cards .*…1111/);
    expect((await support.look(`/dashboard/payments/${payment}`)).html).toContain(`href="${at}"`);
    expect((await support.look(`/dashboard/subscriptions/${mandate}`)).html).toContain(`href="${at}"`);
    const nobody = await support.look("/dashboard/customers/nobody");
    expect([nobody.status, nobody.text.includes("There are no payments of this customer.")]).toEqual([200, true]);
  });

  it("shows every card that they saved, and takes away whichever it is", async () => {
    await stage.pool.query(
      `insert into caravela.saved_card
       select (json_populate_record(card, json_build_object('id', 'tok_' || lpad(number::text, 20, '0'),
                'transaction_id', 'made-' || number, 'created_at', card.created_at - number * interval '1 day'))).*
         from caravela.saved_card as card, generate_series(1, 119) as number where customer_id = $1`,
      [ID],
    );
    const { html } = await support.look(at);
    expect(html.match(/\/cards\/tok_[^/]*\/remove"/g)).toHaveLength(120);
    const oldest = `${at}/cards/tok_${"119".padStart(20, "0")}/remove`;
    expect((await support.send(await support.look(oldest), oldest)).to).toBe(`${at}?done=card`);
    await stage.pool.query("delete from caravela.saved_card where transaction_id like 'made-%'");
  });

  it("shows a viewer neither who they are nor the way to take anything away", async () => {
    const { html, text } = await viewer.look(at);
    expect(text).not.toContain("Quitéria");
    expect(html).not.toMatch(/\/(remove|erase)"/);
    const [{ id }] = await tokens();
    for (const path of [`${at}/erase`, `${at}/cards/${id}/remove`]) {
      expect((await viewer.look(path)).status).toBe(403);
      expect((await viewer.post(path, { key: "k" })).status).toBe(403);
    }
    expect((await support.look(`${at}/erase`)).status).toBe(403);
    expect(await tokens()).toHaveLength(1);
  });
});

describe("a saved card", () => {
  it("is removed by the page of its own customer alone, and is gone once it is", async () => {
    const [{ id }] = await tokens();
    const foreign = `/dashboard/customers/nobody/cards/${id}/remove`;
    expect((await support.post(foreign, { key: "k" })).status).toBe(404);
    expect(await tokens()).toHaveLength(1);
    const path = `${at}/cards/${id}/remove`;
    expect((await support.send(await support.look(path), path)).to).toBe(`${at}?done=card`);
    expect(await tokens()).toEqual([]);
    const again = await support.look(path);
    expect([again.status, again.text.includes("is not saved any more")]).toEqual([404, true]);
  });
});

describe("an erasure", () => {
  it("is refused with what is not over and the way to it, and done once nothing is", async () => {
    const page = await owner.look(`${at}/erase`);
    expect(page.text).toContain("There is no way back.");
    const refused = await owner.send(page, `${at}/erase`);
    expect([refused.status, refused.text]).toEqual([
      409,
      expect.stringMatching(/Not over yet: Authorised payment : is asked for, or can be charged; end it/),
    ]);
    expect(refused.html).toContain(`href="/dashboard/subscriptions/${mandate}"`);
    expect((await read(stage, payment)).customer.name).toBe("Maria Quitéria");
    await stage.api("POST", `/v1/mandates/${mandate}/cancel`);
    await stage.settle();
    expect((await owner.send(refused, `${at}/erase`)).to).toBe(`${at}?done=erase`);
    expect((await read(stage, payment)).customer).toBe(null);
  });
});
