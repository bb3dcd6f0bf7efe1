import { expect, it } from "vitest";
import { testGateway } from "../../testing/gateway.ts";
import { acknowledging, testReceiver } from "../../testing/receiver.ts";

it("a notification stays acknowledged when an older try of it fails after that", async () => {
  const gateway = await testGateway();
  const merchant = await testReceiver();
  try {
    await gateway.notifyAt(merchant.webhook);
    const firstArrived = Promise.withResolvers<void>();
    const firstMayEnd = Promise.withResolvers<void>();
    merchant.answerWith(async () => {
      firstArrived.resolve();
      await firstMayEnd.promise;
      return { status: 500, body: "" };
    });
    await gateway.purchase(await gateway.checkout(), "351#960000001");
    await firstArrived.promise;
    merchant.answerWith(acknowledging);
    const listed = async () => (await gateway.sandbox("/notifications")).body.notifications[0];
    await gateway.sandbox(`/notifications/${(await listed()).id}/resend`, {});
    await expect.poll(async () => (await listed()).state).toBe("Processed");
    firstMayEnd.resolve();
    await gateway.advance(0);
    expect(await listed()).toMatchObject({ state: "Processed", nextTryAt: null, tries: [{}, {}] });
    await gateway.advance(86_400);
    expect(merchant.received).toHaveLength(2);
  } finally {
    await merchant.close();
    await gateway.close();
  }
});
