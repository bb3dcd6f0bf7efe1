import type { OpenedNotification } from "@caravela/sibs/notification";
import { expect, it } from "vitest";
import { newPayment, TERMS } from "../../../../packages/server/src/domain/payment/testing/builders.ts";
import { Inbox } from "../../../../packages/server/src/notifications/inbox.ts";
import { Matcher, type StoredNotification } from "../../../../packages/server/src/notifications/match.ts";
import type { BothServers } from "../testing/both-servers.ts";
import { lookingForWhatIsDue } from "../testing/due-of-server.ts";
import type { Stores } from "../testing/stores.ts";

/** What SIBS tells of a transaction. */
function told(id: string, transaction: string, own: string | null, more: object = {}): OpenedNotification {
  const body = {
    notificationID: id,
    transactionID: transaction,
    paymentStatus: "Success",
    paymentType: "PURS",
    ...more,
  };
  const opened = { notificationId: id, transactionId: transaction, merchantTransactionId: own, body, text: "{}" };
  return opened as unknown as OpenedNotification;
}

type Due = StoredNotification & { readonly due_key: string | null; readonly due_lease: string };

/** What is due in the inbox is matched: what was found of each. */
async function matchAll({ pool, payments, mandates, terminals, clock }: Stores) {
  const texts = await lookingForWhatIsDue();
  const countUnmatched = () => undefined;
  const matcher = new Matcher({ pool, clock, payments, mandates, terminals, countUnmatched });
  const claim = { name: "due-claim-notifications", text: texts.get("due-claim-notifications") ?? "" };
  const { rows } = await pool.query<Due>({ ...claim, values: [clock.now(), 100, 3_600_000] });
  const due = rows.filter(({ due_key }) => due_key !== null);
  for (const one of due) await matcher.match(one, async () => one.due_lease);
  return due.map(({ due_lease: _, ...row }) => row).sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** SIBS's notifications. */
export function notificationsAreKept(servers: BothServers): void {
  it("a notification is stored once, waits for what it is about, and is found by it", async () => {
    const seen = await servers.same(async (stores) => {
      const { pool, clock, time, payments } = stores;
      const inbox = new Inbox({ pool, clock, stored: () => undefined });
      await inbox.refuse();
      time.now += 1_000;
      await inbox.refuse();
      const mbwayMandate = { mandateIdentification: "m1", mandateAction: "CRTN", mandateActionStatus: "SCCS" };
      const paymentReference = { status: "PAID" };
      const all = [
        told("n1", "s2_n1", "att_n1"),
        told("n2", "s2_nobody", null, { paymentStatus: "Declined", paymentReference }),
        told("n3", "s2_n3", "att_n1.2", { paymentType: null, mbwayMandate }),
      ];
      for (const one of all) await inbox.store(one, ["52221"]);
      await inbox.store(told("n1", "s2_other", null), ["52221"]);
      const matched = [await matchAll(stores)];
      await payments.createOnce(() => newPayment({ id: "pay_n1", payToken: "notified" }));
      await payments.decide("pay_n1", (_state, { now: at }) => [
        { kind: "attempt_prepared", at, attempt: "att_n1", ...TERMS, method: "mbway", phone: null },
        {
          kind: "attempt_submitted",
          at,
          attempt: "att_n1",
          transactionId: "s2_n1",
          merchantTransactionId: "att_n1",
          checkoutExpiresAt: at + 600_000,
          expiresAt: at + 240_000,
        },
      ]);
      matched.push(await matchAll(stores));
      time.now += 60_000;
      matched.push(await matchAll(stores));
      return { matched, payment: await payments.load("pay_n1") };
    });
    expect(seen.matched.map((all) => all.map(({ id }) => id))).toEqual([["n1", "n2", "n3"], ["n1"], ["n2", "n3"]]);
    await servers.sameRows();
  });

  it("what SIBS tells of an erased customer is erased, and what another terminal's secret opened tells of nothing", async () => {
    await servers.same(async (stores) => {
      const { pool, clock, payments } = stores;
      const inbox = new Inbox({ pool, clock, stored: () => undefined });
      await payments.decide("pay_n1", (_state, { now: at }) => [{ kind: "customer_erased", at }]);
      await inbox.store(told("n4", "s2_n1", null, { token: { value: "a phone" } }), ["52221"]);
      await inbox.store(told("n5", "s2_n1", null), ["1"]);
      return matchAll(stores);
    });
    const { "caravela.notification": rows = [] } = await servers.sameRows("notification", "payment", "fact");
    expect(rows).toContainEqual(
      expect.objectContaining({ id: "n4", plaintext: expect.not.objectContaining({ token: {} }) }),
    );
    expect(rows).toContainEqual(expect.objectContaining({ id: "n5", subject_id: null }));
  });
}
