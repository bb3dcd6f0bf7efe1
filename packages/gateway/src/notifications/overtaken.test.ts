import { expect, it } from "vitest";
import { testGateway } from "../../testing/gateway.ts";
import { type Answers, acknowledging, testReceiver } from "../../testing/receiver.ts";

it.each([
  ["fails", { status: 500, body: "" }],
  ["is acknowledged", null],
])(
  "a notification that is asked for again while a try is under way is sent again after it, when that %s",
  async (_how, first) => {
    const gateway = await testGateway();
    const merchant = await testReceiver();
    try {
      await gateway.notifyAt(merchant.webhook);
      const firstArrived = Promise.withResolvers<void>();
      const firstMayEnd = Promise.withResolvers<void>();
      const underWay: string[] = [];
      let most = 0;
      const counted =
        (answer: Answers): Answers =>
        async (notice) => {
          underWay.push(notice.notificationID);
          most = Math.max(most, underWay.filter((id) => id === notice.notificationID).length);
          const answered = await answer(notice);
          underWay.splice(underWay.indexOf(notice.notificationID), 1);
          return answered;
        };
      merchant.answerWith(
        counted(async (notice) => {
          firstArrived.resolve();
          await firstMayEnd.promise;
          return first ?? acknowledging(notice);
        }),
      );
      await gateway.purchase(await gateway.checkout(), "351#960000001");
      await firstArrived.promise;
      merchant.answerWith(counted(acknowledging));
      const listed = async () => (await gateway.sandbox("/notifications")).body.notifications.at(-1);
      await gateway.sandbox(`/notifications/${(await listed()).id}/resend`, {});
      // what is due later arrives: so what is due now was looked at
      await gateway.purchase(await gateway.checkout(), "351#960000001");
      await expect.poll(() => new Set(merchant.notices().map((one) => one.notificationID)).size).toBe(2);
      firstMayEnd.resolve();
      await expect.poll(async () => (await listed()).tries, { timeout: 10_000 }).toHaveLength(2);
      expect(await listed()).toMatchObject({ state: "Processed", nextTryAt: null });
      await gateway.advance(86_400);
      expect([merchant.received.length, most]).toEqual([3, 1]);
    } finally {
      await merchant.close();
      await gateway.close();
    }
  },
);
