import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Json, send, type TestGateway, testGateway } from "../../testing/gateway.ts";
import { creationBody, mandatesOf, PHONE } from "../../testing/mandates.ts";

let gateway: TestGateway;
let mandates: ReturnType<typeof mandatesOf>;
beforeAll(async () => {
  gateway = await testGateway();
  mandates = mandatesOf(gateway);
});
afterAll(() => gateway.close());
afterEach(async () => {
  await gateway.sandbox("/reset", {});
});

const code = ({ status, body }: { status: number; body: Json }) => [status, body.returnStatus.statusCode];
const own = ({ paymentStatus, transactionStatusCode }: Json) => [paymentStatus, transactionStatusCode];

describe("the creation of a mandate", () => {
  it("is answered with its ids under both spellings and the mandate as it is before the customer's answer", async () => {
    const { status, body } = await mandates.create();
    expect(status).toBe(200);
    expect(body).toEqual({
      returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
      transactionId: expect.stringMatching(/^s2[A-Za-z0-9]{18}$/),
      transactionID: body.transactionId,
      transactionSignature: expect.stringMatching(/^[^.]+\.[^.]+\.[^.]+$/),
      execution: { startTime: expect.any(String), endTime: expect.any(String) },
      mandate: {
        mandateId: expect.stringMatching(/^\d{20}$/),
        mandateType: "SUBSCRIPTION",
        aliasMBWAY: PHONE,
        customerName: "Jane Doe",
        mandateStatus: "PEND",
      },
    });
  });

  it("asks the phone, with what it is for and four minutes", async () => {
    const { transactionId } = await mandates.asked();
    const [request] = (await mandates.onPhone()).waiting;
    expect(request).toMatchObject({ id: transactionId, kind: "mandate", description: "The gazette", amount: null });
    expect(Date.parse(request.expiresAt) - Date.parse(request.askedAt)).toBe(240_000);
  });

  it("is a transaction too: its status is found by its id and by the merchant's", async () => {
    const { transactionId } = await mandates.asked({ merchantTransactionId: "man-18" });
    const status = await gateway.status(transactionId);
    expect(status).toMatchObject({
      transactionID: transactionId,
      merchant: { merchantTransactionId: "man-18" },
      paymentType: "AUTH",
      paymentMethod: "MBWAY",
      paymentStatus: "Pending",
      amount: { value: "0.00", currency: "EUR" },
      token: { tokenType: "MobilePhone", value: PHONE },
    });
    const byMerchant = await gateway.spg("/payments/status?merchantTransactionId=man-18");
    expect(byMerchant.body.transactionID).toBe(transactionId);
  });

  it("is another one each time, though the merchant's id is the same: whoever asks twice has two, and the phone has both", async () => {
    const made = [await mandates.asked(), await mandates.asked()];
    expect((await mandates.onPhone()).waiting.map(({ id }: Json) => id)).toEqual(made.map((one) => one.transactionId));
    await gateway.answerPhone("approve");
    await gateway.answerPhone("approve");
    const { body } = await gateway.spg("/mbway-mandates/list", { body: {} });
    expect(body.mandates.map((one: Json) => one.mandateId).sort()).toEqual(made.map((one) => one.mandateId).sort());
  });

  it("can be attached to a checkout made before, and to nothing else", async () => {
    const made = await gateway.checkout();
    const { transactionId } = await mandates.asked({ checkout: made.id });
    expect(transactionId).not.toBe(made.id);
    expect(code(await mandates.create({ checkout: "s2000000000000000000" }))).toEqual([404, "E0301"]);
    expect(code(await mandates.create({ checkout: transactionId }))).toEqual([404, "E0301"]);
    expect(code(await mandates.create({ checkout: "none" }))).toEqual([404, "E0301"]);
  });

  it("on a checkout is for what the checkout is, where the request does not say", async () => {
    const { id } = await gateway.checkout();
    const { merchant, ...rest } = creationBody();
    const body = { ...rest, merchant: { ...merchant, transactionDescription: undefined } };
    expect((await gateway.spg(`/mbway-mandates/${id}/creation`, { body })).status).toBe(200);
    expect((await mandates.onPhone()).waiting).toMatchObject([{ description: "Your own description" }]);
  });

  it("of a number without MB WAY says so at once with E0506 and HTTP 200, and makes no mandate", async () => {
    const answered = await mandates.create({ phone: "351#960000003" });
    expect(code(answered)).toEqual([200, "E0506"]);
    expect(answered.body.mandate).toBeUndefined();
    expect(own(await gateway.status(answered.body.transactionId))).toEqual(["Declined", "E0506"]);
  });

  it("goes under both prefixes, over one set of mandates", async () => {
    const { body } = await send(`${gateway.url}/sibs/spg/v2/mbway-mandates/creation`, {
      headers: gateway.bearer(),
      body: creationBody(),
    });
    await gateway.answerPhone("approve");
    expect((await mandates.stands(body.transactionId))[0]).toBe("ACTV");
  });

  it.each([
    ["mandate", { mandate: undefined }, "E0002"],
    ["mandate.mandateType", { mandate: { ...creationBody().mandate, mandateType: "YEARLY" } }, "E0002"],
    ["mandate.aliasMBWAY", { mandate: { ...creationBody().mandate, aliasMBWAY: undefined } }, "E0501"],
    ["mandate.aliasMBWAY", { mandate: { ...creationBody().mandate, aliasMBWAY: "919999999" } }, "E0504"],
    ["mandate.customerName", { mandate: { ...creationBody().mandate, customerName: "" } }, "E0002"],
    ["merchant.merchantTransactionId", { merchant: { terminalId: 52221, channel: "web" } }, "E0002"],
  ])("without a good %s is 400 and names it", async (field, wrong, statusCode) => {
    const refused = await gateway.spg("/mbway-mandates/creation", { body: { ...creationBody(), ...wrong } });
    expect(code(refused)).toEqual([400, statusCode]);
    expect(refused.body.returnStatus.statusDescription).toContain(field);
    expect((await mandates.onPhone()).waiting).toEqual([]);
  });

  it("takes the Bearer of its own terminal alone", async () => {
    const foreign = { merchant: { ...creationBody().merchant, terminalId: 600_001 } };
    expect((await gateway.spg("/mbway-mandates/creation", { body: { ...creationBody(), ...foreign } })).status).toBe(
      401,
    );
    const made = await gateway.checkout();
    const digest = await gateway.spg("/mbway-mandates/creation", {
      headers: gateway.digest(made.signature),
      body: creationBody(),
    });
    expect(digest.status).toBe(401);
  });
});

describe("a mandate that the customer has not consented to", () => {
  it("is unknown (E0507) to inquiry, inquiry-detail and cancel, and not in the list", async () => {
    const { transactionId } = await mandates.asked();
    expect(code(await mandates.inquire(transactionId))).toEqual([400, "E0507"]);
    expect(code(await mandates.inquire(transactionId, { call: "inquiry-detail" }))).toEqual([400, "E0507"]);
    expect(code(await mandates.cancel(transactionId))).toEqual([400, "E0507"]);
    expect((await gateway.spg("/mbway-mandates/list", { body: {} })).body.mandates).toEqual([]);
  });

  it("is Declined with E0500 and still unknown when it is refused on the phone", async () => {
    const { transactionId } = await mandates.asked();
    await gateway.answerPhone("decline");
    expect(own(await gateway.status(transactionId))).toEqual(["Declined", "E0500"]);
    expect(code(await mandates.inquire(transactionId))).toEqual([400, "E0507"]);
  });

  it("lapses after exactly four minutes: Declined with E0500, and nobody can consent any more", async () => {
    const { transactionId } = await mandates.asked();
    await gateway.advance(235);
    expect((await gateway.status(transactionId)).paymentStatus).toBe("Pending");
    await gateway.advance(5);
    expect(own(await gateway.status(transactionId))).toEqual(["Declined", "E0500"]);
    expect((await gateway.answerPhone("approve", PHONE, transactionId)).status).toBe(404);
    expect(code(await mandates.inquire(transactionId))).toEqual([400, "E0507"]);
  });

  it("can be consented to after its Timeout on the phone that has this scenario", async () => {
    const phone = "351#960000008";
    const { transactionId } = await mandates.asked({ phone });
    await gateway.advance(270);
    expect((await gateway.status(transactionId)).paymentStatus).toBe("Timeout");
    await gateway.answerPhone("approve", phone, transactionId);
    expect((await mandates.inquire(transactionId, { phone })).body.mandate.mandateStatus).toBe("ACTV");
  });
});

describe("a creation that the gateway could record and no more", () => {
  it("is not for ever Pending: nobody was asked, and it lapses as one that nobody answered", async () => {
    const database = new pg.Client({ connectionString: gateway.databaseUrl });
    await database.connect();
    await database.query(`
      create function sibs_gateway.dies() returns trigger language plpgsql as $$ begin raise 'the gateway dies here'; end $$;
      create trigger dies before update on sibs_gateway.transaction for each row execute function sibs_gateway.dies()`);
    expect((await mandates.create({ merchantTransactionId: "man-19" })).status).toBe(500);
    await database.query("drop function sibs_gateway.dies cascade");
    await database.end();
    await gateway.advance(240);
    expect((await mandates.onPhone()).waiting).toEqual([]);
    const { body } = await gateway.spg("/payments/status?merchantTransactionId=man-19");
    expect(body).toMatchObject({ paymentType: "AUTH", paymentStatus: "Declined" });
  });
});

describe("phones with a fixed outcome", () => {
  it("consent at once, or refuse at once", async () => {
    const approved = await mandates.asked({ phone: "351#960000001" });
    expect((await mandates.inquire(approved.transactionId, { phone: "351#960000001" })).status).toBe(200);
    const refused = await mandates.asked({ phone: "351#960000002" });
    expect(own(await gateway.status(refused.transactionId))).toEqual(["Declined", "E0500"]);
  });

  it("consent after ten seconds, or fail", async () => {
    const later = await mandates.asked({ phone: "351#960000009" });
    expect((await gateway.status(later.transactionId)).paymentStatus).toBe("Pending");
    await gateway.advance(10);
    expect((await gateway.status(later.transactionId)).paymentStatus).toBe("Success");
    const failed = await mandates.asked({ phone: "351#960000010" });
    expect((await gateway.status(failed.transactionId)).paymentStatus).toBe("Error");
  });
});

describe("faults of these calls", () => {
  it("are keyed by their names: a creation whose answer is lost was made", async () => {
    await gateway.sandbox("/faults", { calls: { "mbway-mandates/creation": { dropAnswer: 1 } } }, "PUT");
    await expect(mandates.create()).rejects.toThrow();
    expect((await mandates.onPhone()).waiting).toHaveLength(1);
    const found = await gateway.spg("/payments/status?merchantTransactionId=man-17");
    expect(found.body).toMatchObject({ paymentType: "AUTH", paymentStatus: "Pending" });
  });
});
