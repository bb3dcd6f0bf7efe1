import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestGateway, testGateway } from "../testing/gateway.ts";
import { acknowledging, type TestReceiver, testReceiver } from "../testing/receiver.ts";

let gateway: TestGateway;
let merchant: TestReceiver;
beforeEach(async () => {
  gateway = await testGateway();
  merchant = await testReceiver();
  await gateway.notifyAt(merchant.webhook);
});
afterEach(async () => {
  await gateway.close();
  await merchant.close();
});

describe("a gateway that is started again", () => {
  it("still knows its terminals, its signatures and how far its clock is ahead", async () => {
    const made = await gateway.checkout();
    await gateway.advance(120);
    await gateway.restart();
    expect((await gateway.sandbox("/clock")).body.offsetSeconds).toBe(120);
    expect((await gateway.sandbox("/terminals")).body.terminals[0].token).toBe(gateway.terminal.token);
    expect((await gateway.generate(made)).status).toBe(200);
  });

  it("still has a phone waiting for its answer", async () => {
    const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(made);
    await gateway.restart();
    expect(await gateway.waiting()).toHaveLength(1);
    expect((await gateway.answerPhone("approve")).body).toMatchObject({ id: made.id, paymentStatus: "Success" });
  });

  it("declines what nobody answered while it was away or after", async () => {
    const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(made);
    await gateway.restart();
    await gateway.advance(240);
    expect((await gateway.status(made.id)).paymentStatus).toBe("Declined");
  });

  it("goes on with notifications that were not acknowledged: none is lost", async () => {
    merchant.answerWith(() => ({ status: 500, body: "" }));
    const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(made, "351#960000001");
    await gateway.advance(0);
    await gateway.restart(async () => merchant.answerWith(acknowledging));
    await gateway.advance(300);
    const [notification] = (await gateway.sandbox("/notifications")).body.notifications;
    expect(notification).toMatchObject({
      transactionID: made.id,
      state: "Processed",
      tries: [{ status: 500 }, { status: 200 }],
    });
  });
});
