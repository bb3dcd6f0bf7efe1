import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askForMandate, type MandateWishes } from "../../testing/ask-for-mandate.ts";
import { type Json, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const path = (alias: string) => `/phones/${encodeURIComponent(alias)}`;
const approve = (alias: string, body: Json = {}) => gateway.sandbox(`${path(alias)}/approve`, body);
const press = (alias: string, id: string, what: string, body: Json = {}) =>
  gateway.sandbox(`${path(alias)}/mandates/${id}/${what}`, body);
const mandatesOf = async (alias: string): Promise<Json[]> => (await gateway.sandbox(path(alias))).body.mandates;

/** The day in Lisbon so many days from now; no day here is near midnight's other side. */
async function dayIn(days: number): Promise<string> {
  const later = new Date((await gateway.now()).getTime() + days * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Lisbon" }).format(later);
}

/** A mandate that its owner has approved, with a limit of 50 € unless said otherwise. */
async function approved(phone: string, terms: Json = { limit: "50.00" }, wishes: MandateWishes = {}): Promise<string> {
  const { transactionId } = await askForMandate(gateway, { phone, ...wishes });
  const { status, text } = await approve(phone, { id: transactionId, ...terms });
  if (status !== 200) throw new Error(`not approved: ${text}`);
  return transactionId;
}

describe("a request for an authorised payment", () => {
  it("waits on the phone among the purchases, the oldest first", async () => {
    const alias = "351#911000001";
    const older = await askForMandate(gateway, { phone: alias });
    const purchase = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(purchase, alias);
    const { transactionId } = await askForMandate(gateway, { phone: alias, type: "ONECLICK" });
    const waiting = await gateway.waiting(alias);
    expect(waiting.map(({ id, kind }) => [id, kind])).toEqual([
      [older.transactionId, "mandate"],
      [purchase.id, "purchase"],
      [transactionId, "mandate"],
    ]);
    expect(waiting[2]).toEqual({
      id: transactionId,
      kind: "mandate",
      type: "oneclick",
      amount: null,
      currency: "EUR",
      merchant: "Caravela",
      description: "Coffee each month",
      customerName: "Jane Doe",
      askedAt: expect.stringMatching(/Z$/),
      expiresAt: expect.stringMatching(/Z$/),
    });
    expect(Date.parse(waiting[2].expiresAt) - Date.parse(waiting[2].askedAt)).toBe(240_000);
    expect(await mandatesOf(alias)).toEqual([]);
    const answers = [
      await approve(alias, { limit: "5.00" }),
      await approve(alias),
      await gateway.answerPhone("decline", alias),
    ];
    expect(answers.map(({ body }) => body.id)).toEqual(waiting.map(({ id }) => id));
    expect(await mandatesOf(alias)).toMatchObject([{ id: older.transactionId, limit: "5.00" }]);
  });

  it("is approved with the limit and the end that are set, of a date-time the date", async () => {
    const alias = "351#911000002";
    const { transactionId, mandate } = await askForMandate(gateway, { phone: alias });
    const answer = await approve(alias, { limit: "50.00", validUntil: "2031-12-31T23:59:59.000Z" });
    expect(answer.body).toEqual({ id: transactionId, outcome: "approved", paymentStatus: "Success" });
    expect(await mandatesOf(alias)).toEqual([
      {
        id: transactionId,
        mandateId: mandate.mandateId,
        type: "subscription",
        status: "active",
        merchant: "Caravela",
        customerName: "Jane Doe",
        limit: "50.00",
        available: "50.00",
        validUntil: "2031-12-31",
      },
    ]);
    expect(await gateway.waiting(alias)).toEqual([]);
  });

  it("is approved with a limit of 100 € for a year when nothing is set", async () => {
    const alias = "351#911000003";
    await approved(alias, {});
    const [mandate] = await mandatesOf(alias);
    const today = await dayIn(0);
    expect(mandate.limit).toBe("100.00");
    expect(mandate.validUntil.slice(0, 4)).toBe(String(Number(today.slice(0, 4)) + 1));
  });

  it("is declined, and is no authorised payment", async () => {
    const alias = "351#911000004";
    const { transactionId } = await askForMandate(gateway, { phone: alias });
    const { body } = await gateway.answerPhone("decline", alias);
    expect(body).toEqual({ id: transactionId, outcome: "declined", paymentStatus: "Declined" });
    expect(await mandatesOf(alias)).toEqual([]);
    expect((await press(alias, transactionId, "cancel")).status).toBe(409);
  });

  it("can no more be approved after four minutes", async () => {
    const alias = "351#911000005";
    await askForMandate(gateway, { phone: alias });
    await gateway.advance(240);
    expect((await approve(alias)).status).toBe(404);
    expect(await mandatesOf(alias)).toEqual([]);
  });

  it.each([
    [422, "/limit", { limit: "0.00" }],
    [422, "/limit", { limit: 0 }],
    [422, "/limit", { limit: -5 }],
    [422, "/validUntil", { validUntil: "2020-01-01" }],
    [400, "/limit", { limit: "many" }],
    [400, "/validUntil", { validUntil: "some day" }],
  ])("is refused with %i naming %s when it is approved with %j, and still waits", async (status, field, terms) => {
    const alias = "351#911000006";
    const { transactionId } = await askForMandate(gateway, { phone: alias });
    const answer = await approve(alias, { id: transactionId, ...terms });
    expect(answer.status).toBe(status);
    expect(answer.body.errors).toEqual([{ field, message: expect.any(String) }]);
    expect(answer.body.detail).toContain(field);
    expect((await gateway.waiting(alias)).map(({ id }) => id)).toContain(transactionId);
  });

  it("may end today", async () => {
    const alias = "351#911000007";
    const today = await dayIn(0);
    const id = await approved(alias, { validUntil: today });
    expect(await mandatesOf(alias)).toMatchObject([{ id, status: "active", validUntil: today }]);
  });
});

describe("the owner of a phone", () => {
  it("pauses an authorised payment and lets it go on", async () => {
    const alias = "351#912000001";
    const id = await approved(alias);
    const paused = await press(alias, id, "suspend");
    expect([paused.status, paused.body]).toEqual([200, { ...(await mandatesOf(alias))[0], id, status: "suspended" }]);
    expect((await press(alias, id, "suspend")).status).toBe(409);
    expect((await press(alias, id, "reactivate")).body).toMatchObject({ id, status: "active" });
    expect((await press(alias, id, "reactivate")).status).toBe(409);
  });

  it("changes the limit, the end, or both; what is not given stays", async () => {
    const alias = "351#912000002";
    const id = await approved(alias, { limit: "50.00", validUntil: "2031-12-31" });
    expect((await press(alias, id, "change", { limit: 20 })).body).toMatchObject({
      limit: "20.00",
      available: "20.00",
      validUntil: "2031-12-31",
    });
    expect((await press(alias, id, "change", { validUntil: "2030-06-30" })).body).toMatchObject({
      limit: "20.00",
      validUntil: "2030-06-30",
    });
    await press(alias, id, "suspend");
    expect((await press(alias, id, "change", { limit: "30", validUntil: "2032-01-01" })).body).toMatchObject({
      status: "suspended",
      limit: "30.00",
      validUntil: "2032-01-01",
    });
    const refused = await press(alias, id, "change", { limit: "0", validUntil: "2020-01-01" });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ field }: Json) => field)).toEqual(["/limit", "/validUntil"]);
    expect(await mandatesOf(alias)).toMatchObject([{ limit: "30.00", validUntil: "2032-01-01" }]);
  });

  it("ends it, and then nothing can be done about it", async () => {
    const alias = "351#912000003";
    const id = await approved(alias);
    expect((await press(alias, id, "cancel")).body).toMatchObject({ id, status: "canceled" });
    for (const what of ["cancel", "suspend", "reactivate", "change"]) {
      expect((await press(alias, id, what)).body).toMatchObject({ status: 409, type: "/problems/mandate_not_so" });
    }
    expect(await mandatesOf(alias)).toMatchObject([{ id, status: "canceled" }]);
  });

  it("sees it expire when its last day in Lisbon is over", async () => {
    const alias = "351#912000004";
    const id = await approved(alias, { validUntil: await dayIn(1) });
    expect(await mandatesOf(alias)).toMatchObject([{ status: "active" }]);
    await gateway.advance(2 * 86_400);
    expect(await mandatesOf(alias)).toMatchObject([{ id, status: "expired" }]);
    expect((await press(alias, id, "change", { limit: 5 })).status).toBe(409);
  });

  it("has the newest first", async () => {
    const alias = "351#912000005";
    const ids = [await approved(alias), await approved(alias, {}, { type: "ONECLICK" })];
    expect((await mandatesOf(alias)).map(({ id }) => id)).toEqual(ids.reverse());
  });

  it("can do nothing about another phone's, about what is none, nor otherwise than these", async () => {
    const id = await approved("351#912000006");
    const payment = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(payment, "351#912000007");
    for (const [alias, which] of [
      ["351#912000007", id],
      ["351#912000007", payment.id],
      ["351#912000006", "s2AAAAAAAAAAAAAAAAAA"],
      ["351#912000006", "%00"],
    ] as const) {
      const { status, body } = await press(alias, which, "cancel");
      expect([status, body.type]).toEqual([404, "/problems/unknown_mandate"]);
    }
    expect((await press("351#912000006", id, "renew")).status).toBe(404);
    expect(await mandatesOf("351#912000006")).toMatchObject([{ status: "active" }]);
  });
});
