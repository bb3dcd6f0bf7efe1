import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Json, type TestGateway, testGateway } from "../../testing/gateway.ts";
import { mandatesOf, PHONE } from "../../testing/mandates.ts";

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
const lisbon = (moment: Date) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Lisbon", dateStyle: "short" }).format(moment);

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

  it("is in a list of a thousand at most, which says that there are others", async () => {
    const { mandateId } = await mandates.given();
    const database = new pg.Client({ connectionString: gateway.databaseUrl });
    await database.connect();
    const copy = (from: number, to: number) =>
      database.query(
        `insert into sibs_gateway.transaction
         select (jsonb_populate_record(t, jsonb_build_object(
                  'transaction_id', 's2' || lpad(n::text, 18, '0'), 'mandate_id', lpad(n::text, 20, '0')))).*
           from sibs_gateway.transaction t, generate_series($2::int, $3::int) n where t.mandate_id = $1`,
        [mandateId, from, to],
      );
    const list = async () => (await gateway.spg("/mbway-mandates/list", { body: {} })).body;
    await copy(1, 999);
    const whole = await list();
    expect([whole.mandates.length, whole.moreElementsIndicator]).toEqual([1_000, false]);
    await copy(1_000, 1_000);
    await database.end();
    const first = await list();
    expect([first.mandates.length, first.moreElementsIndicator]).toEqual([1_000, true]);
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

  it("is declined with E0520 on the phone that has this scenario, and the mandate stays active", async () => {
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
