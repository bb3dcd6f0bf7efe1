import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Json, send, type TestGateway, testGateway } from "../../testing/gateway.ts";
import { creationBody, mandatesOf, PHONE } from "../../testing/mandates.ts";
import { type TestReceiver, testReceiver } from "../../testing/receiver.ts";

let gateway: TestGateway;
let merchant: TestReceiver;
let mandates: ReturnType<typeof mandatesOf>;
beforeAll(async () => {
  gateway = await testGateway();
  merchant = await testReceiver();
  mandates = mandatesOf(gateway);
});
afterAll(async () => {
  await gateway.close();
  await merchant.close();
});
afterEach(async () => {
  await gateway.sandbox("/reset", {});
  merchant.received.length = 0;
});

const code = ({ status, body }: { status: number; body: Json }) => [status, body.returnStatus.statusCode];
const own = ({ paymentStatus, transactionStatusCode }: Json) => [paymentStatus, transactionStatusCode];
const lisbon = (moment: Date) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Lisbon", dateStyle: "short" }).format(moment);

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

  it("can be attached to a checkout made before, and to nothing else", async () => {
    const made = await gateway.checkout();
    const { transactionId } = await mandates.asked({ checkout: made.id });
    expect(transactionId).not.toBe(made.id);
    expect(code(await mandates.create({ checkout: "s2000000000000000000" }))).toEqual([404, "E0301"]);
    expect(code(await mandates.create({ checkout: transactionId }))).toEqual([404, "E0301"]);
    expect(code(await mandates.create({ checkout: "none" }))).toEqual([404, "E0301"]);
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
    ["mandate.customerName", { mandate: { ...creationBody().mandate, customerName: "x".repeat(46) } }, "E0002"],
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

  it("can be consented to after its Timeout on the phone that has this fate", async () => {
    const phone = "351#960000008";
    const { transactionId } = await mandates.asked({ phone });
    await gateway.advance(270);
    expect((await gateway.status(transactionId)).paymentStatus).toBe("Timeout");
    await gateway.answerPhone("approve", phone, transactionId);
    expect((await mandates.inquire(transactionId, { phone })).body.mandate.mandateStatus).toBe("ACTV");
  });
});

describe("a mandate that the customer has consented to", () => {
  it("is told with the limit and the end that were set on the phone, and no member more", async () => {
    const { transactionId, mandateId } = await mandates.given({ limit: "50.00", validUntil: "2099-12-31" });
    const { status, body } = await mandates.inquire(transactionId);
    expect(status).toBe(200);
    expect(body).toEqual({
      returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
      mandate: {
        mandateId,
        mandateType: "SUBSCRIPTION",
        mandateStatus: "ACTV",
        mandateExpirationDate: "2099-12-31",
        amountLimit: { value: "50.00", currency: "EUR" },
        aliasMBWAY: PHONE,
        customerName: "Jane Doe",
        transactionId,
      },
      moreElementsIndicator: false,
      execution: { startTime: expect.any(String), endTime: expect.any(String) },
    });
    expect(own(await gateway.status(transactionId))).toEqual(["Success", "000"]);
  });

  it("has 100 euros and a year where nothing was set", async () => {
    const { transactionId } = await mandates.given();
    const { mandate } = (await mandates.inquire(transactionId)).body;
    const [year, ...day] = lisbon(await gateway.now()).split("-");
    expect(mandate.amountLimit.value).toBe("100.00");
    expect(mandate.mandateExpirationDate).toBe([Number(year) + 1, ...day].join("-"));
  });

  it("shows what may still be collected in inquiry-detail and in the list, newest first", async () => {
    const first = await mandates.given({ limit: "50.00" });
    const second = await mandates.given({ limit: "20.00" }, { type: "ONECLICK" });
    await mandates.asked();
    await mandates.collect(first.mandateId, 9.9);
    expect(await mandates.stands(first.transactionId)).toEqual(["ACTV", "50.00", "40.10"]);
    const { body } = await gateway.spg("/mbway-mandates/list", { body: {} });
    expect(Object.keys(body)).toEqual(["returnStatus", "mandates", "moreElementsIndicator", "execution"]);
    expect(body.moreElementsIndicator).toBe(false);
    expect(body.mandates.map((one: Json) => [one.mandateId, one.mandateType, one.amountAvailable.value])).toEqual([
      [second.mandateId, "ONECLICK", "20.00"],
      [first.mandateId, "SUBSCRIPTION", "40.10"],
    ]);
  });

  it("is another merchant's, another phone's or nobody's: E0507", async () => {
    const { transactionId } = await mandates.given();
    const other = (await gateway.sandbox("/terminals/600001", {}, "PUT")).body;
    expect(code(await mandates.inquire(transactionId, { terminal: other }))).toEqual([400, "E0507"]);
    expect(code(await mandates.inquire(transactionId, { phone: "351#912345678" }))).toEqual([400, "E0507"]);
    expect(code(await mandates.cancel(transactionId, "351#912345678"))).toEqual([400, "E0507"]);
    expect(code(await mandates.inquire("s2000000000000000000"))).toEqual([400, "E0507"]);
    expect(code(await mandates.inquire("none"))).toEqual([400, "E0507"]);
    expect(code(await mandates.inquire((await gateway.checkout()).id))).toEqual([400, "E0507"]);
    const list = await gateway.spg("/mbway-mandates/list", { headers: gateway.bearer(other), body: {} });
    expect(list.body.mandates).toEqual([]);
  });

  it("is asked for under its phone: the header missing is E0501, malformed E0504", async () => {
    const { transactionId } = await mandates.given();
    const bare = await gateway.spg(`/mbway-mandates/${transactionId}/inquiry`, { body: {} });
    expect(code(bare)).toEqual([400, "E0501"]);
    expect(bare.body.returnStatus.statusDescription).toContain("Mbway-ID");
    expect(code(await mandates.inquire(transactionId, { phone: "919999999" }))).toEqual([400, "E0504"]);
  });

  it("is suspended, reactivated, changed and ended on the phone, and the inquiry says so", async () => {
    const { transactionId } = await mandates.given({ limit: "50.00" });
    await mandates.press(transactionId, "suspend");
    expect((await mandates.stands(transactionId))[0]).toBe("SSPN");
    await mandates.press(transactionId, "reactivate");
    expect((await mandates.stands(transactionId))[0]).toBe("ACTV");
    await mandates.press(transactionId, "change", { limit: "12.34" });
    expect(await mandates.stands(transactionId)).toEqual(["ACTV", "12.34", "12.34"]);
    await mandates.press(transactionId, "cancel");
    expect((await mandates.stands(transactionId))[0]).toBe("CNCL");
  });

  it("is good through the last day in Lisbon, and expires after it by itself", async () => {
    const validUntil = lisbon(new Date((await gateway.now()).getTime() + 3 * 86_400_000));
    const { transactionId } = await mandates.given({ validUntil });
    const midnight = new Date(`${validUntil}T23:59:59+00:00`).getTime();
    const lastSecond = lisbon(new Date(midnight)) === validUntil ? midnight : midnight - 3_600_000;
    await gateway.sandbox("/clock/advance", { to: new Date(lastSecond - 60_000).toISOString() });
    expect((await mandates.stands(transactionId))[0]).toBe("ACTV");
    await gateway.sandbox("/clock/advance", { to: new Date(lastSecond + 1_000).toISOString() });
    expect((await mandates.stands(transactionId))[0]).toBe("EXPR");
    expect(code(await mandates.cancel(transactionId))).toEqual([400, "E0520"]);
  });

  it("is forgotten by a reset", async () => {
    const { transactionId } = await mandates.given();
    await gateway.sandbox("/reset", {});
    expect(code(await mandates.inquire(transactionId))).toEqual([400, "E0507"]);
    expect((await mandates.onPhone()).mandates).toEqual([]);
  });

  it("outlives a restart, with what was collected by it", async () => {
    const { transactionId, mandateId } = await mandates.given({ limit: "50.00" });
    await mandates.collect(mandateId, 10);
    await gateway.restart();
    expect(await mandates.stands(transactionId)).toEqual(["ACTV", "50.00", "40.00"]);
  });
});

describe("a cancellation by the merchant", () => {
  it("ends the mandate under a transaction of its own", async () => {
    const { transactionId } = await mandates.given();
    const { status, body } = await mandates.cancel(transactionId);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["returnStatus", "transactionID", "transactionSignature", "execution"]);
    expect(body.transactionID).not.toBe(transactionId);
    expect((await mandates.stands(transactionId))[0]).toBe("CNCL");
    expect(await gateway.status(body.transactionID)).toMatchObject({ paymentType: "CAUT", paymentMethod: "MANDATE" });
    const found = await gateway.spg("/payments/status?merchantTransactionId=end-man-17");
    expect(found.body).toMatchObject({ transactionID: body.transactionID, paymentStatus: "Success" });
  });

  it("of one that has ended is declined: HTTP 400 with E0520", async () => {
    const { transactionId } = await mandates.given();
    await mandates.cancel(transactionId);
    expect(code(await mandates.cancel(transactionId))).toEqual([400, "E0520"]);
  });

  it("is declined with E0520 on the phone that has this fate, and the mandate stays active", async () => {
    const phone = "351#960000015";
    const { transactionId } = await mandates.asked({ phone });
    expect(code(await mandates.cancel(transactionId, phone))).toEqual([400, "E0520"]);
    expect((await mandates.inquire(transactionId, { phone })).body.mandate.mandateStatus).toBe("ACTV");
  });

  it("is done once of many that arrive together, and on the phone meanwhile", async () => {
    const { transactionId } = await mandates.given();
    const [onPhone, ...byMerchant] = await Promise.all([
      mandates.press(transactionId, "cancel"),
      ...Array.from({ length: 8 }, () => mandates.cancel(transactionId)),
    ]);
    const done = [onPhone, ...byMerchant].filter(({ status }) => status === 200);
    expect(done).toHaveLength(1);
  });

  it("wants the merchant's own id for it", async () => {
    const { transactionId } = await mandates.given();
    const headers = { ...gateway.bearer(), "Mbway-ID": PHONE };
    const refused = await gateway.spg(`/mbway-mandates/${transactionId}/cancel`, { headers, body: {} });
    expect(code(refused)).toEqual([400, "E0002"]);
    expect((await mandates.stands(transactionId))[0]).toBe("ACTV");
  });
});

describe("phones of fixed fate", () => {
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

describe("the merchant is told", () => {
  const told = () => merchant.notices().map((notice: Json) => notice);
  const short = ({ paymentMethod, paymentType, paymentStatus, mbwayMandate }: Json) =>
    [paymentMethod, paymentType, paymentStatus, mbwayMandate.mandateAction, mbwayMandate.mandateActionStatus].join(" ");
  async function notified() {
    await gateway.notifyAt(merchant.webhook);
    await gateway.advance(0);
  }

  it("of the consent, member for member as SIBS's example", async () => {
    await notified();
    const { transactionId, mandateId } = await mandates.given({ limit: "100.00", validUntil: "2099-12-31" });
    await gateway.advance(0);
    expect(told()).toEqual([
      {
        returnStatus: { statusMsg: "Success", statusCode: "000" },
        paymentStatus: "Success",
        paymentMethod: "MBWAY",
        transactionID: transactionId,
        transactionDateTime: expect.any(String),
        amount: { currency: "EUR", value: 0 },
        merchant: { transactionId: "man-17", terminalId: 52221, merchantName: "Caravela", inApp: "false" },
        paymentType: "AUTH",
        token: { tokenType: "MobilePhone", value: PHONE },
        mbwayMandate: {
          mandateIdentification: mandateId,
          mandateAction: "CRTN",
          mandateActionStatus: "SCCS",
          mandateType: "SBSC",
          clientName: "Jane Doe",
          aliasMBWAY: PHONE,
          mandateExpirationDate: "2099-12-31",
          mandateAmountLimit: { value: "100.00", currency: "EUR" },
        },
        internalTransactionId: expect.stringMatching(/^S\d{14}S$/),
        notificationID: expect.any(String),
      },
    ]);
  });

  it("of a refusal (RFSD), and of a request that lapsed (RJCT)", async () => {
    await notified();
    await mandates.asked();
    await gateway.answerPhone("decline");
    await mandates.asked();
    await gateway.advance(240);
    expect(told().map(short)).toEqual(["MBWAY AUTH Declined CRTN RFSD", "MBWAY AUTH Declined CRTN RJCT"]);
    expect(told()[0].mbwayMandate).not.toHaveProperty("mandateAmountLimit");
  });

  it("of every change on the phone, under the creation's transaction", async () => {
    await notified();
    const { transactionId } = await mandates.given();
    await mandates.press(transactionId, "suspend");
    await mandates.press(transactionId, "reactivate");
    await mandates.press(transactionId, "change", { limit: "12.34", validUntil: "2098-01-31" });
    await mandates.press(transactionId, "cancel");
    await gateway.advance(0);
    const changes = told().filter(({ mbwayMandate }: Json) => mbwayMandate.mandateAction !== "CRTN");
    expect(changes.map(short).sort()).toEqual([
      "MANDATE AUTH Success LMUP SCCS",
      "MANDATE AUTH Success RCTV SCCS",
      "MANDATE AUTH Success SSPN SCCS",
      "MANDATE CAUT Success CNCL SCCS",
    ]);
    expect(changes.every((notice: Json) => notice.transactionID === transactionId)).toBe(true);
    const changed = changes.find(({ mbwayMandate }: Json) => mbwayMandate.mandateAction === "LMUP");
    expect(changed.mbwayMandate).toMatchObject({
      mandateExpirationDate: "2098-01-31",
      mandateAmountLimit: { value: "12.34", currency: "EUR" },
    });
  });

  it("of its own cancellation, done (SCCS) or declined (RJCT), under that transaction and merchant's id", async () => {
    await notified();
    const { transactionId } = await mandates.given();
    const done = (await mandates.cancel(transactionId, PHONE, "end-1")).body.transactionID;
    const declined = (await mandates.cancel(transactionId, PHONE, "end-2")).body.transactionID;
    await gateway.advance(0);
    const ends = told().filter(({ mbwayMandate }: Json) => mbwayMandate.mandateAction === "CNCL");
    const ids = (notice: Json) => [notice.transactionID, notice.merchant.transactionId, short(notice)];
    expect(ends.map(ids)).toHaveLength(2);
    expect(ends.map(ids)).toEqual(
      expect.arrayContaining([
        [done, "end-1", "MANDATE CAUT Success CNCL SCCS"],
        [declined, "end-2", "MANDATE CAUT Declined CNCL RJCT"],
      ]),
    );
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
