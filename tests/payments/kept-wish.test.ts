import type { PayView } from "@caravela/web/pay";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, faults, payAtAtm, read } from "../support/actions.ts";
import { ANA } from "../support/cards.ts";
import { openPage as openAt } from "../support/open-page.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let phones = 0;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage.close());

const newPhone = () => `91700${String(phones++).padStart(4, "0")}`;

/** A payment's page on which a phone was asked. */
async function openWaiting(changes: object = {}) {
  const id = await createPayment(stage, { methods: ["mbway", "multibanco", "card"], ...changes });
  const page = openAt<PayView>((await read(stage, id)).payUrl);
  const phone = newPhone();
  const post = async (to: string, fields: Record<string, string> = {}) =>
    page.post(to, { request: (await page.view()).request, ...fields }, "application/json");
  await post("mbway", { phone });
  return {
    ...page,
    id,
    phone,
    post,
    decline: async () => {
      await stage.sandbox("POST", `/phones/351%23${phone}/decline`);
      await stage.settle();
    },
  };
}

describe("a press on another way to pay, while a request is on a phone", () => {
  it("is kept, shown, and begun when the request has ended unpaid: another number, over a restart", async () => {
    const page = await openWaiting();
    const other = newPhone();
    await page.post("mbway", { phone: other });
    await page.post("mbway", { phone: other });
    const kept = await page.view();
    expect(kept.wish).toEqual({ way: "mbway", phone: `351#*****${other.slice(-4)}` });
    expect(kept.screen.kind).toBe("mbway_waiting");
    expect((await read(stage, page.id)).attempts).toHaveLength(1);
    await stage.restartServer();
    await page.decline();
    const { attempts } = await read(stage, page.id);
    expect(attempts).toMatchObject([{ status: "declined" }, { mbway: kept.wish && { phone: kept.wish.phone } }]);
    await approve(stage, other);
    await stage.settle();
    expect(await read(stage, page.id)).toMatchObject({ status: "paid", refunds: [] });
  });

  it("is begun when the time is over: a reference", async () => {
    const page = await openWaiting();
    await page.post("multibanco");
    expect((await page.view()).wish).toEqual({ way: "multibanco", phone: null });
    await stage.advance(331);
    expect((await page.view()).screen.kind).toBe("reference");
    expect((await page.view()).wish).toBeNull();
  });

  it("makes way for another, and can be withdrawn", async () => {
    const page = await openWaiting();
    await page.post("multibanco");
    await page.post("wish", { way: "card" });
    expect((await page.view()).wish).toEqual({ way: "card", phone: null });
    await page.post("wish", { way: "" });
    expect((await page.view()).wish).toBeNull();
    await page.decline();
    expect((await read(stage, page.id)).attempts).toHaveLength(1);
  });

  it("of a card opens the card's form then, and charges nothing", async () => {
    const page = await openWaiting();
    await page.post("wish", { way: "card" });
    await page.decline();
    const view = await page.view();
    expect(view).toMatchObject({ wish: { way: "card" }, screen: { kind: "declined" } });
    expect((await read(stage, page.id)).attempts).toHaveLength(1);
  });
});

describe("a press for a phone, while a reference is withdrawn for it", () => {
  it("is not begun where the customer wants nothing any more by then", async () => {
    const id = await createPayment(stage);
    await askReference(stage, id);
    const page = openAt<PayView>((await read(stage, id)).payUrl);
    const { request } = await page.view();
    const phone = newPhone();
    await faults(stage, { cancellation: { delayMs: [1_000, 1_000] } });
    const pressed = page.post("mbway", { phone, request }, "application/json");
    await expect.poll(async () => (await page.view()).wish).toMatchObject({ way: "mbway" });
    await page.post("wish", { way: "", request });
    expect((await page.view()).wish).toBeNull();
    await pressed;
    await faults(stage, {});
    await stage.advance(60);
    expect((await read(stage, id)).attempts).toMatchObject([{ method: "multibanco", status: "canceled" }]);
    await page.post("mbway", { phone, request });
    expect((await page.view()).screen.kind).toBe("mbway_waiting");
  });
});

describe("a payment whose shop allows both at once", () => {
  const allowed = () => createPayment(stage, { overlap: "allow" });

  it("lets another attempt begin beside a live one, and what is paid twice goes back", async () => {
    const [id, first, second] = [await allowed(), newPhone(), newPhone()];
    await askPhone(stage, id, first);
    await stage.advance(20);
    expect((await askPhone(stage, id, second)).status).toBe(201);
    expect(await read(stage, id)).toMatchObject({
      status: "pending",
      overlap: "allow",
      attempts: [{ status: "pending" }, { status: "pending" }],
    });
    for (const phone of [first, second]) await approve(stage, phone);
    await stage.settle();
    const paid = await read(stage, id);
    expect(paid).toMatchObject({ status: "paid", amountCaptured: 550, amountRefunded: 0 });
    expect(paid.refunds).toMatchObject([{ reason: "duplicate", amount: 550, status: "succeeded" }]);
  });

  it("withdraws a reference beside a phone as soon as the phone has paid", async () => {
    const [id, phone] = [await allowed(), newPhone()];
    await askPhone(stage, id, phone);
    const { body } = await askReference(stage, id);
    expect(body).toMatchObject({ status: "pending" });
    await approve(stage, phone);
    await stage.settle();
    expect((await payAtAtm(stage, body.multibanco)).status).toBe(409);
  });

  it("refuses as ever where SIBS cannot be asked, or does not say that it is pending", async () => {
    const id = await allowed();
    await askPhone(stage, id, newPhone());
    await faults(stage, { status: { http: { 503: 1 } } });
    await stage.advance(20);
    const refused = await askReference(stage, id);
    await faults(stage, {});
    expect([refused.status, refused.body.type]).toEqual([409, expect.stringMatching(/attempt_in_progress$/)]);
    expect((await askReference(stage, id)).status).toBe(201);
  });

  it("begins at once on its page, too", async () => {
    const page = await openWaiting({ overlap: "allow" });
    await page.post("multibanco");
    expect(await page.view()).toMatchObject({ wish: null, screen: { kind: "reference" } });
  });

  it("opens a card's form at once on its page, and gives back what is paid by both", async () => {
    const page = await openWaiting({ overlap: "allow", customer: ANA });
    await page.post("wish", { way: "card" });
    expect(await page.view()).toMatchObject({
      wish: { way: "card" },
      screen: { kind: "choose" },
      beside: `351#*****${page.phone.slice(-4)}`,
    });
    await page.post("wish", { way: "" });
    expect((await page.view()).screen.kind).toBe("mbway_waiting");
    const card = { expiry: "12/30", code: "123", name: "Ana Sousa" };
    await page.post("card", { number: "4000000000000127", ...card });
    expect(await page.view()).toMatchObject({
      screen: { kind: "declined", reason: "card_refused", phone: null },
      tried: "card",
      beside: `351#*****${page.phone.slice(-4)}`,
    });
    await page.post("card", { number: "4000000000000010", ...card });
    await approve(stage, page.phone);
    await stage.settle();
    const paid = await read(stage, page.id);
    expect(paid).toMatchObject({
      status: "paid",
      amountCaptured: 550,
      attempts: [{ method: "mbway" }, { status: "declined" }, { method: "card" }],
    });
    expect(paid.refunds).toMatchObject([{ reason: "duplicate", amount: 550, status: "succeeded" }]);
  });

  it("keeps the wish for a card, and asks to wait, where SIBS cannot be asked", async () => {
    const page = await openWaiting({ overlap: "allow", customer: ANA });
    await page.post("wish", { way: "card" });
    await faults(stage, { status: { http: { 503: 1 } } });
    await stage.advance(20);
    const view = await page.view();
    await faults(stage, {});
    expect(view).toMatchObject({ wish: { way: "card" }, screen: { kind: "mbway_waiting" } });
  });

  it("is no other's: unless the shop says so, 409", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, newPhone());
    expect(await askReference(stage, id)).toMatchObject({ status: 409 });
    expect(await read(stage, id)).toMatchObject({ overlap: "refuse", attempts: [{}] });
  });
});
