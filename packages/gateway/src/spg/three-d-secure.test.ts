import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paidInSteps } from "../../testing/card-steps.ts";
import { type Json, type MadeCheckout, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const statusOf = async ({ id }: { id: string }) => (await gateway.status(id)).paymentStatus;

/** A payment whose challenge waits. */
async function challenged(number = "4000000000000028") {
  const made = await gateway.cardCheckout();
  const { body } = await gateway.payByCard(made, number);
  return { made, action: body.actionResponse as Json };
}

describe("3-D Secure", () => {
  it("asks the browser for the method step: Partial, with what to post where", async () => {
    const made = await gateway.cardCheckout();
    const { status, body } = await gateway.payByCard(made, "5204740000001002", { code: "100" });
    expect([status, body.paymentStatus, body.returnStatus.statusCode]).toEqual([200, "Partial", "000"]);
    expect(body.actionResponse).toEqual({
      id: expect.any(String),
      type: "THREEDS_METHOD",
      data: {
        url: `${gateway.url}/issuer/method`,
        params: [{ key: "threeDSMethodData", value: expect.any(String) }],
      },
    });
    expect(await statusOf(made)).toBe("Partial");
  });

  it("goes on without the method step when the browser could not do it", async () => {
    const made = await gateway.cardCheckout();
    const { body } = await gateway.payByCard(made, "5204740000001002", { code: "100" });
    expect((await gateway.continueCard(made, body.actionResponse, false)).body.paymentStatus).toBe("Success");
  });

  it("without a challenge says what was proved, by the brand's indicator", async () => {
    const visa = await paidInSteps(gateway, "4010056200000018");
    expect(visa.body.threeDSecure).toMatchObject({ transStatus: "Y", eci: "05" });
    const mastercard = await paidInSteps(gateway, "5204740000001002", "100");
    expect(mastercard.body.threeDSecure).toMatchObject({ transStatus: "Y", eci: "02" });
    expect((await gateway.status(mastercard.made.id)).threeDSecure).toEqual(mastercard.body.threeDSecure);
  });

  it("that was only attempted is approved, and says so", async () => {
    const { body } = await paidInSteps(gateway, "4000000000000036");
    expect([body.paymentStatus, body.threeDSecure.transStatus, body.threeDSecure.eci]).toEqual(["Success", "A", "06"]);
  });

  it("without a method step is answered at once", async () => {
    const { steps, body } = await paidInSteps(gateway, "4000000000000010");
    expect([steps, body.paymentStatus, body.threeDSecure.transStatus]).toEqual([[], "Success", "Y"]);
  });

  it("by a passed challenge: Success", async () => {
    const { made, action } = await challenged();
    expect(action.data.url).toBe(`${gateway.url}/issuer/challenge`);
    expect(action.data.params.map(({ key }: Json) => key)).toEqual(["creq", "threeDSSessionData"]);
    await gateway.sandbox(`/challenges/${action.id}/pass`, {});
    expect((await gateway.continueCard(made, action)).body.paymentStatus).toBe("Success");
  });

  it.each([
    ["fail", "Declined", "E0118"],
    ["cancel", "Declined", "E0118"],
    ["timeout", "Timeout", "000"],
  ])("by a challenge that ends by %s: %s", async (press, ending, code) => {
    const { made, action } = await challenged();
    expect((await gateway.sandbox(`/challenges/${made.id}/${press}`, {})).status).toBe(200);
    const { body } = await gateway.continueCard(made, action);
    expect([body.paymentStatus, body.returnStatus.statusCode]).toEqual([ending, code]);
    expect((await gateway.sandbox(`/transactions/${made.id}`)).body.captured).toBe("0.00");
  });

  it.each([
    ["4000000000000077", "Declined"],
    ["4000000000000085", "Declined"],
    ["4000000000000093", "Timeout"],
    ["4000000000000101", "Success"],
  ])("by a challenge that ends by itself (%s): %s", async (number, ending) => {
    const { made, action } = await challenged(number);
    expect((await gateway.continueCard(made, action)).body.paymentStatus).toBe(ending);
  });

  it("stays Partial when it is continued before the challenge has ended, and can be continued again", async () => {
    const { made, action } = await challenged();
    const early = await gateway.continueCard(made, action);
    expect([early.status, early.body.paymentStatus, early.body.actionResponse]).toEqual([200, "Partial", action]);
    await gateway.sandbox(`/challenges/${action.id}/pass`, {});
    expect((await gateway.continueCard(made, action)).body.paymentStatus).toBe("Success");
  });

  it("is given up when the browser could not show the challenge: Declined with E0118", async () => {
    const { made, action } = await challenged();
    expect((await gateway.continueCard(made, action, false)).body.returnStatus.statusCode).toBe("E0118");
  });

  it("ends with the checkout when nobody finishes the challenge: Timeout, and nobody can answer any more", async () => {
    const { made, action } = await challenged();
    await gateway.advance(599);
    expect(await statusOf(made)).toBe("Partial");
    await gateway.advance(1);
    expect(await statusOf(made)).toBe("Timeout");
    expect((await gateway.sandbox(`/challenges/${action.id}/pass`, {})).status).toBe(404);
    expect((await gateway.continueCard(made, action)).status).toBe(409);
  });

  it("refuses an action of another id or type, of another payment or call, or one already processed: 409, and nothing changes", async () => {
    const { made, action } = await challenged();
    const other = await challenged();
    for (const wrong of [
      { ...action, id: other.action.id },
      { ...action, type: "THREEDS_METHOD" },
      { ...action, id: "none" },
    ]) {
      expect((await gateway.continueCard(made, wrong)).status).toBe(409);
    }
    expect((await gateway.continueCard(made, action, true, "token/purchase")).status).toBe(409);
    expect(await statusOf(made)).toBe("Partial");
    await gateway.sandbox(`/challenges/${action.id}/pass`, {});
    const both = await Promise.all([gateway.continueCard(made, action), gateway.continueCard(made, action)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await statusOf(made)).toBe("Success");
    const { body } = await gateway.sandbox(`/transactions/${made.id}`);
    expect(body.captured).toBe("5.50");
  });

  it("refuses a continuation of a payment that wants nothing, and another's Digest", async () => {
    const { made, action } = await challenged();
    const fresh: MadeCheckout = await gateway.cardCheckout();
    expect((await gateway.continueCard(fresh, action)).status).toBe(409);
    expect((await gateway.continueCard({ ...made, signature: fresh.signature }, action)).status).toBe(401);
  });

  it("refuses the card again while the challenge waits", async () => {
    const { made } = await challenged();
    expect((await gateway.payByCard(made, "4111111111111111")).status).toBe(409);
  });
});

describe("a notification of a card payment", () => {
  const noticesOf = async (id: string): Promise<Json[]> =>
    (await gateway.sandbox("/notifications?limit=100")).body.notifications
      .filter(({ transactionID }: Json) => transactionID === id)
      .map(({ plaintext }: Json) => plaintext);

  it("comes once it has ended, with what 3-D Secure has proved", async () => {
    const { made } = await paidInSteps(gateway, "4010056200000018");
    const notices = await noticesOf(made.id);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({
      paymentStatus: "Success",
      paymentMethod: "CARD",
      paymentType: "PURS",
      threeDSecure: { transStatus: "Y" },
    });
  });

  it("comes when the checkout of a challenge lapses", async () => {
    const { made } = await challenged();
    expect(await noticesOf(made.id)).toEqual([]);
    await gateway.advance(600);
    expect((await noticesOf(made.id)).map(({ paymentStatus }) => paymentStatus)).toEqual(["Timeout"]);
  });

  it("says the issuer's code when it is declined", async () => {
    const { id } = await gateway.paidByCard("4000000000000127");
    expect((await noticesOf(id))[0].returnStatus).toEqual({
      statusMsg: "Declined",
      statusCode: "E0114",
      statusDescription: "Card refused by its issuer",
    });
  });
});
