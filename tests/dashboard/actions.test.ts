import { lisbonDate } from "@caravela/platform/lisbon";
import { cents } from "@caravela/sibs/money";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, faults, read } from "../support/actions.ts";
import { type Desk, deskOf } from "../support/dashboard.ts";
import { asOperator } from "../support/operators.ts";
import { dayOn } from "../support/plans.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let refunder: Desk;
let viewer: Desk;
let support: Desk;
beforeAll(async () => {
  stage = await setStage({ touchAbove: cents(10_000), alone: { above: cents(5_000), day: null } });
  refunder = deskOf(stage, await asOperator(stage, "refunder", { name: "Marta" }));
  support = deskOf(stage, await asOperator(stage, "support"));
  viewer = deskOf(stage, await asOperator(stage, "viewer"));
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

async function paid(changes: object = {}): Promise<`pay_${string}`> {
  const id = await createPayment(stage, changes);
  await askPhone(stage, id);
  await approve(stage);
  await stage.settle();
  return id;
}

const at = (id: string, rest = "") => `/dashboard/payments/${id}${rest}`;

describe("a refund", () => {
  it("of a part is made once by two presses, and the page says what is left", async () => {
    const id = await paid();
    const page = await refunder.look(at(id, "/refund"));
    expect(page.text).toContain("At most €5.50");
    const presses = await Promise.all([1, 2].map(() => refunder.send(page, at(id, "/refund"), { amount: "1,50" })));
    expect(presses.map(({ to }) => to)).toEqual(Array(2).fill(at(id, "?done=refund")));
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 150, refunds: [{ amount: 150 }] });
    const after = await refunder.look(at(id));
    expect(after.text).toContain("€5.50 Partly refunded");
    expect(after.text).toMatch(/The refund of €1\.50 .*Marta/);
  });

  it.each([
    ["more than is left", "5,51", "That is more than is left to refund."],
    ["no amount", "", "This is missing."],
    ["an amount that could be two", "1.250", "Write an amount in euros"],
    ["nothing", "0,00", "Write an amount in euros"],
  ])("of %s changes nothing, says why, and keeps what was typed", async (_name, amount, says) => {
    const id = await paid();
    const page = await refunder.look(at(id, "/refund"));
    const answer = await refunder.send(page, at(id, "/refund"), { amount });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).toContain(says);
    expect(answer.html).toContain(amount === "" ? ' value type="text"' : `value="${amount}"`);
    expect((await read(stage, id)).refunds).toEqual([]);
    const again = await refunder.send(answer, at(id, "/refund"), { amount: "1" });
    expect(again.to).toBe(at(id, "?done=refund"));
  });

  it("beyond one's own limit is refused, and says how far that goes", async () => {
    const id = await paid();
    const limited = deskOf(stage, await asOperator(stage, "refunder", { refundLimit: 500 }));
    const page = await limited.look(at(id, "/refund"));
    expect(page.text).toContain("€5.00 of one payment, over all its refunds. Today you can still refund €5.00.");
    const answer = await limited.send(page, at(id, "/refund"), { amount: "5,50" });
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("You can still refund €5.00")]);
    expect((await read(stage, id)).refunds).toEqual([]);
  });

  it("that is more than one may give back alone waits for a colleague, who approves or refuses it under their own name", async () => {
    const id = await paid({ amount: 9_000 });
    const asked = await refunder.send(await refunder.look(at(id, "/refund")), at(id, "/refund"), {
      amount: "60",
      reason: "duplicate",
      note: "Paid by transfer, too.",
    });
    expect(asked.to).toBe(at(id, "?done=approval"));
    const own = await refunder.look(asked.to ?? "");
    expect(own.text).toContain("A refund of €60.00 that Marta asked for waits for a second person");
    const [, page = ""] = /href="([^"]*\/approvals\/[^"]*)"/.exec(own.html) ?? [];
    const mine = await refunder.look(page);
    expect([mine.text, mine.html]).toEqual([
      expect.stringContaining("It was you who asked for it"),
      expect.not.stringContaining(`${page}/approve`),
    ]);
    // a page is called what whoever looks does there
    const called = ({ html }: { html: string }) =>
      [...html.matchAll(/<(?:title|h1)>([^<]*)</g)].map(([, name]) => name);
    expect(called(mine)).toEqual(["Request for a refund – Caravela", "Request for a refund"]);
    expect((await refunder.post(`${page}/approve`, { key: "own" })).text).toContain("It must be somebody else");

    const second = deskOf(stage, await asOperator(stage, "refunder", { name: "Rui" }));
    const seen = await second.look(page);
    expect(called(seen)).toEqual(["Approve a refund – Caravela", "Approve a refund"]);
    expect(seen.text).toMatch(/€60\.00.*Marta.*It was paid twice.*Paid by transfer, too\./);
    expect((await second.send(seen, `${page}/refuse`, { note: " " })).text).toContain("This is missing.");
    const elsewhere = page.replace(id, await paid());
    const form = { key: crypto.randomUUID(), note: "By the page of another." };
    for (const press of ["approve", "refuse", "withdraw"])
      expect((await second.post(`${elsewhere}/${press}`, form)).status, press).toBe(404);
    const approved = await second.send(seen, `${page}/approve`);
    expect(approved.to).toBe(at(id, "?done=refund"));
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({
      amountRefunded: 6_000,
      refunds: [{ requestedBy: { name: "Marta" } }],
    });
    const over = await second.look(page);
    expect([over.text, called(over)[1]]).toEqual([
      expect.stringMatching(/Approved.*Decided by Rui/),
      "Request for a refund",
    ]);
    const late = await second.post(`${page}/refuse`, { key: "late", note: "Too late." });
    expect([late.status, late.text]).toEqual([409, expect.stringContaining("does not wait any more")]);
  });

  it("that waits is withdrawn by whoever asked, by the one button that they find", async () => {
    const id = await paid({ amount: 9_000 });
    const asker = deskOf(stage, await asOperator(stage, "refunder"));
    const form = at(id, "/refund");
    const asked = await asker.send(await asker.look(form), form, { amount: "60", reason: "other" });
    expect(asked.to).toBe(at(id, "?done=approval"));
    const tasks = (await asker.look("/dashboard/tasks")).html;
    const [, page = "", text = ""] = new RegExp(`href="(${at(id, "")}/approvals/[^"]*)">([^<]*)<`).exec(tasks) ?? [];
    expect(text).toBe("Withdraw it: it was you who asked.");
    const withdrawn = await asker.send(await asker.look(page), `${page}/withdraw`);
    expect(withdrawn.to).toBe(at(id, "?done=approval_withdrawn"));
    expect((await asker.look(withdrawn.to ?? "")).text).toContain("The request was withdrawn: nothing went out.");
    const over = await asker.look(page);
    expect(over.text).toContain("Withdrawn by whoever asked");
    expect(over.html).not.toContain(`${page}/withdraw`);
  });

  it("that is large wants a touch of the passkey first, and leads there and back with what an address may hold", async () => {
    const id = await paid({ amount: 15_000 });
    const desk = deskOf(stage, await asOperator(stage, "refunder", { touched: false }));
    const answer = await desk.send(await desk.look(at(id, "/refund")), at(id, "/refund"), {
      amount: "120,50",
      reason: "duplicate",
      note: "Ana Reis rang.",
    });
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("Confirm with your passkey")]);
    const back = `${at(id, "/refund")}?amount=120%2C50&reason=duplicate`;
    expect(answer.html).toContain(`href="/dashboard/touch?to=${encodeURIComponent(back)}"`);
    expect(answer.html).toMatch(/<noscript><p class="hint">The rest of what you typed does not come back/);
    const form = (await desk.look(back)).html;
    expect(form).toContain('value="120,50"');
    expect(form).toMatch(/<option value="duplicate" selected/);
    const touch = (await desk.look(`/dashboard/touch?to=${encodeURIComponent(back)}`)).html;
    expect(touch).toContain(`value="${back.replace("&", "&amp;")}"`);
    expect((await read(stage, id)).refunds).toEqual([]);
  });

  it("that is large and waits is approved after a touch, which leads back there, and is said to be in doubt where it is", async () => {
    const id = await paid({ amount: 15_000 });
    const asked = await refunder.send(await refunder.look(at(id, "/refund")), at(id, "/refund"), { amount: "150" });
    expect(asked.to).toBe(at(id, "?done=approval"));
    const [, page = ""] = /href="([^"]*\/approvals\/[^"]*)"/.exec((await refunder.look(at(id))).html) ?? [];
    const second = deskOf(stage, await asOperator(stage, "refunder", { touched: false }));
    const answer = await second.send(await second.look(page), `${page}/approve`);
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("Confirm with your passkey")]);
    const [, back = ""] = /href="\/dashboard\/touch\?to=([^"]*)"/.exec(answer.html) ?? [];
    expect((await second.look(decodeURIComponent(back))).to).toBe(page);
    expect((await read(stage, id)).refunds).toEqual([]);

    const third = deskOf(stage, await asOperator(stage, "refunder"));
    const form = await third.look(page);
    await faults(stage, { refund: { html: 1 } });
    expect((await third.send(form, `${page}/approve`)).to).toBe(at(id, "?done=in_doubt"));
  });

  it("whose answer is lost is in doubt, is said to be not repeated, and is settled by its own page", async () => {
    const id = await paid();
    await faults(stage, { refund: { html: 1 }, status: { http: { 404: 1 } } });
    const page = await refunder.look(at(id, "/refund"));
    const { to } = await refunder.send(page, at(id, "/refund"), { amount: "2" });
    expect(to).toBe(at(id, "?done=in_doubt"));
    expect((await refunder.look(to ?? "")).text).toContain("In doubt: do not repeat it.");
    expect((await refunder.look(at(id, "/refund"))).text).toContain("Do not repeat it: wait until SIBS says");
    // SIBS is asked again only in a minute
    await stage.advance(65);
    await faults(stage, {});
    const { refunds } = await read(stage, id);
    const settle = at(id, `/operations/${refunds[0].id}/settle`);
    const form = await refunder.look(settle);
    expect(form.text).toContain(refunds[0].id);
    const unsaid = await refunder.send(form, settle, { outcome: "not_done" });
    expect([unsaid.status, unsaid.text]).toEqual([422, expect.stringContaining("This is missing.")]);
    // a page speaks of its own payment: by another's nothing is settled
    const elsewhere = `${at(await paid())}/operations/${refunds[0].id}/settle`;
    const typed = { key: crypto.randomUUID(), outcome: "not_done", note: "By the page of another." };
    expect([(await refunder.look(elsewhere)).status, (await refunder.post(elsewhere, typed)).status]).toEqual([
      404, 404,
    ]);
    expect((await read(stage, id)).refunds[0].status).toBe("in_doubt");
    const settled = await refunder.send(unsaid, settle, { outcome: "not_done", note: "SIBS Backoffice has none." });
    expect(settled.to ?? settled.text).toBe(at(id, "?done=settle"));
    expect((await read(stage, id)).refunds[0]).toMatchObject({
      status: "failed",
      settled: { by: { type: "operator", name: "Marta" } },
    });
  });

  it("is for whoever may refund, and for nobody else", async () => {
    const id = await paid();
    for (const desk of [viewer, support]) {
      expect((await desk.look(at(id))).html).not.toContain(at(id, "/refund"));
      for (const answer of [
        await desk.look(at(id, "/refund")),
        await desk.post(at(id, "/refund"), { key: "k", amount: "1" }),
      ])
        expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("You have no access")]);
    }
    expect((await read(stage, id)).refunds).toEqual([]);
  });
});

describe("what is held", () => {
  it("is captured in part, and the rest given up, each on its page", async () => {
    const id = await createPayment(stage, { capture: "manual", methods: ["mbway"] });
    await askPhone(stage, id);
    await approve(stage);
    await stage.settle();
    expect((await refunder.look(at(id))).text).toContain("nothing is taken by itself: capture it, or give it up");
    const form = await refunder.look(at(id, "/capture"));
    // the second press finds less left, and is answered as the first
    for (const _press of [1, 2])
      expect((await refunder.send(form, at(id, "/capture"), { amount: "3" })).to).toBe(at(id, "?done=capture"));
    const page = await refunder.look(at(id, "/release"));
    expect(page.text).toContain("At most €2.50");
    const more = await refunder.send(page, at(id, "/release"), { amount: "2,51" });
    expect(more.status).toBe(422);
    const release = await refunder.send(more, at(id, "/release"), { amount: "2,50" });
    expect(release.to).toBe(at(id, "?done=release"));
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ amountCaptured: 300, amountReleased: 250 });
  });
});

describe("what waits for its customer", () => {
  it("has a link with its text and its code, and is canceled by whoever helps customers", async () => {
    const id = await createPayment(stage, { reference: "A & B <17>" });
    const { payUrl } = await read(stage, id);
    const link = await support.look(at(id, "/link"));
    expect(link.text).toContain(`You can pay €5.50 for order A & B <17> here: ${payUrl}`);
    expect(link.html).toMatch(/<path class="dark" d="M0 0h1v1h-1z/);
    // to whom the customer's address is not told in full, none is shown that leads nowhere
    expect((await viewer.look(at(id))).html).not.toMatch(/href="[^"]*(\/pay\/|\/link")/);
    expect((await viewer.look(at(id, "/link"))).status).toBe(403);
    expect((await support.look(at(id))).html).toContain(`href="${payUrl}"`);
    const answer = await support.send(await support.look(at(id, "/cancel")), at(id, "/cancel"));
    expect(answer.to).toBe(at(id, "?done=cancel"));
    expect((await read(stage, id)).status).toBe("canceled");
    const again = await support.send(await support.look(at(id, "/cancel")), at(id, "/cancel"));
    expect(again.to ?? again.text).toBe(at(id, "?done=cancel"));
  });
});

describe("a customer who tried in vain", () => {
  it("is asked on a phone again, once by two presses, and by nobody whose role does not allow it", async () => {
    const id = await createPayment(stage);
    const path = at(id, "/ask-phone");
    expect((await viewer.look(at(id))).html).not.toContain(path);
    expect((await viewer.post(path, { key: "k", phone: "912345678" })).status).toBe(403);
    expect((await support.look(at(id))).html).toContain(path);
    const page = await support.look(path);
    for (const [phone, says] of [
      ["", "This is missing."],
      ["21 999", "Write a Portuguese mobile number"],
    ] as const) {
      const answer = await support.send(page, path, { phone });
      expect([answer.status, answer.text]).toEqual([422, expect.stringContaining(says)]);
    }
    const presses = await Promise.all([1, 2].map(() => support.send(page, path, { phone: "912 345 678" })));
    expect(presses.map(({ to }) => to)).toEqual(Array(2).fill(at(id, "?done=ask_phone")));
    expect((await read(stage, id)).attempts).toHaveLength(1);
    const seen = await support.look(at(id, "?done=ask_phone"));
    expect([seen.text, seen.html]).toEqual([
      expect.stringContaining("The request is on the customer's phone."),
      expect.not.stringContaining(`href="${path}"`),
    ]);
    const other = await support.send(await support.look(path), path, { phone: "912345678" });
    expect([other.status, other.text]).toEqual([409, expect.stringContaining("Another attempt is under way.")]);
  });

  it("gets a reference, which a request on the phone takes the place of, and a lost answer is not repeated", async () => {
    const id = await createPayment(stage);
    const [reference, phone] = [at(id, "/new-reference"), at(id, "/ask-phone")];
    const { to } = await support.send(await support.look(reference), reference);
    expect(to).toBe(at(id, "?done=new_reference"));
    const seen = await support.look(at(id));
    expect([seen.html.includes(`href="${reference}"`), seen.html.includes(`href="${phone}"`)]).toEqual([false, true]);
    await faults(stage, { "mbway-id/purchase": { html: 1 }, status: { http: { 404: 1 } } });
    const lost = await support.send(await support.look(phone), phone, { phone: "912345678" });
    expect(lost.to).toBe(at(id, "?done=attempt_in_doubt"));
    expect((await read(stage, id)).attempts).toMatchObject([{ status: "canceled" }, { inDoubt: true }]);
    expect((await support.look(at(id))).html).not.toContain(`href="${phone}"`);
    const again = await support.send(await support.look(phone), phone, { phone: "912345678" });
    expect([again.status, again.text]).toEqual([409, expect.stringContaining("not yet known whether")]);
  });
});

describe("a payment link", () => {
  it("is made once by two presses, good until the end of the day that was typed, and leads to what is sent", async () => {
    const path = "/dashboard/links/new";
    const page = await support.look(path);
    const until = dayOn(stage, 3);
    const typed = { amount: "12,50", reference: "T-1", description: "Chá", expiresAt: until, methods: "mbway" };
    const [first, second] = await Promise.all([1, 2].map(() => support.send(page, path, typed)));
    expect(second?.to).toBe(first?.to);
    const [, id = ""] = /\/(pay_\w+)\/link$/.exec(first?.to ?? "") ?? [];
    const made = await read(stage, id);
    expect(made).toMatchObject({ amount: 1_250, reference: "T-1", description: "Chá", methods: ["mbway"] });
    expect(lisbonDate(new Date(made.expiresAt))).toBe(until);
    expect((await support.look(first?.to ?? "")).text).toContain(made.payUrl);
  });

  it("that cannot be made keeps what was typed and says what is wrong; a viewer makes none", async () => {
    const path = "/dashboard/links/new";
    const page = await support.look(path);
    expect(page.html).toContain(`value="${dayOn(stage, 7)}"`);
    const typed = { amount: "1.250", reference: "", expiresAt: "2020-01-01", methods: "all" };
    const faulty = await support.send(page, path, typed);
    expect([faulty.status, faulty.text.includes("This is missing."), faulty.html.includes('value="1.250"')]).toEqual([
      422,
      true,
      true,
    ]);
    const past = await support.send(faulty, path, { ...typed, amount: "1", reference: "T-2" });
    expect([past.status, past.text.includes("This is not accepted.")]).toEqual([422, true]);
    expect((await viewer.look(path)).status).toBe(403);
    expect((await viewer.post(path, { key: "k", ...typed, amount: "1", reference: "T-2" })).status).toBe(403);
  });
});

describe("what was paid", () => {
  it("has a proof for its customer that is no invoice, and what was never paid has none", async () => {
    const id = await paid({ description: "Two mugs" });
    const { text } = await viewer.look(at(id, "/receipt"));
    expect(text).toMatch(/Paid to Loja do Cais.*Two mugs.*MB WAY.*Amount paid €5\.50.*not an invoice/s);
    expect((await viewer.look(at(await createPayment(stage), "/receipt"))).to).toMatch(/^\/dashboard\/payments\/pay_/);
  });
});
