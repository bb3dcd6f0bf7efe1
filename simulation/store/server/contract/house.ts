import { inTransaction } from "@caravela/platform/postgres/transaction";
import { cents } from "@caravela/sibs/money";
import { expect, it } from "vitest";
import { AuditLog } from "../../../../packages/server/src/audit/log.ts";
import { THE_SHOP } from "../../../../packages/server/src/domain/by.ts";
import { newPayment } from "../../../../packages/server/src/domain/payment/testing/builders.ts";
import { ApiKeys } from "../../../../packages/server/src/storage/api-keys.ts";
import { Approvals, type NewApproval } from "../../../../packages/server/src/storage/approvals.ts";
import { Changes } from "../../../../packages/server/src/storage/changes.ts";
import { CustomerMails } from "../../../../packages/server/src/storage/customer-mails.ts";
import { isErasedOf, PaymentNotes } from "../../../../packages/server/src/storage/notes.ts";
import { Owners } from "../../../../packages/server/src/storage/owners.ts";
import { RequestLog } from "../../../../packages/server/src/storage/request-log.ts";
import {
  endSoFar,
  endTask,
  leftNotifications,
  leftUndelivered,
  listTasks,
} from "../../../../packages/server/src/storage/tasks.ts";
import type { BothServers } from "../testing/both-servers.ts";
import { refusal } from "../testing/refusal.ts";

const DAY = 86_400_000;
const silent = { warn: () => undefined, error: () => undefined, info: () => undefined };

/** What is kept of who asks, and for whoever works there. */
export function theHouseIsKept(servers: BothServers): void {
  it("a key opens what it is for until it ends, and says when it was used", async () => {
    const said = await servers.same(async ({ pool, clock, chance, time }) => {
      const keys = new ApiKeys({ pool, clock, chance, log: silent as never });
      const limits = { refund: { most: cents(500), budgets: [] }, capture: { most: null, budgets: [] } };
      const key = { id: "key_1", name: "till", terminal: null, scopes: ["payments:read"], limits } as const;
      const expiresAt = time.now + DAY;
      const { secret } = await inTransaction(pool, (connection) => keys.create(connection, { ...key, expiresAt }));
      const none = await inTransaction(pool, (connection) =>
        keys.create(connection, { ...key, id: "key_2", expiresAt: null }),
      );
      const opened = [await keys.callerBy(secret.reveal()), await keys.callerBy("sk_none")];
      const both = await Promise.all([secret, none.secret].map((one) => keys.callerBy(one.reveal())));
      await new Promise((resolve) => setTimeout(resolve, 100));
      time.now += 2 * DAY;
      opened.push(await keys.callerBy(secret.reveal()));
      const revoked = [await keys.revoke("key_2"), await keys.revoke("key_2")];
      return { opened, both, revoked, refused: await refusal(keys.create(pool, { ...key, scopes: [], expiresAt })) };
    });
    expect(said.opened).toMatchObject([{ by: { id: "key_1" } }, null, null]);
    await servers.sameRows("api_key_secret");
  });

  it("what is asked for is written down in its order, and requests once", async () => {
    await servers.same(async ({ pool, clock }) => {
      const audit = new AuditLog(pool, clock);
      const action = { by: THE_SHOP, operation: "settlePayment", subject: "pay_1", terminal: null } as never;
      const asked = await audit.asked(action);
      await audit.answered(asked, { before: null, status: 200 } as never);
      const requests = new RequestLog({ pool, clock, log: silent as never, isKept: true, dropped: () => undefined });
      const request = { method: "GET", path: "/v1/payments/:id", status: 200, ms: 3, terminal: null, problem: null };
      for (const id of ["req_1", "req_2", "req_1"]) requests.note({ ...request, id, at: clock.now(), by: THE_SHOP });
      await requests.written();
      await requests.purge();
      await new CustomerMails(pool, clock).purge();
      return asked.number;
    });
    await servers.sameRows("audit", "request_log");
  });

  it("it is known whose everything is", async () => {
    const { "caravela.event": events = [] } = await servers.sameRows("event");
    const { "caravela.task": tasks = [] } = await servers.sameRows("task");
    const { "caravela.saved_card": cards = [] } = await servers.sameRows("saved_card");
    const { "caravela.event_endpoint": endpoints = [] } = await servers.sameRows("event_endpoint");
    const idsOf = (rows: readonly object[]) => rows.slice(0, 3).map((row) => (row as { readonly id: string }).id);
    const ids = [events, tasks, cards, endpoints].flatMap(idsOf);
    const others = ["pay_0", "man_0", "att_n1", "key_1", "apr_1", "pay_none", "rfd_none", "evt_none", "attention.none"];
    await servers.same(async ({ pool }) => {
      const owners = new Owners(pool, "52221");
      const all = [];
      for (const id of [...ids, ...others]) all.push([id, await owners.ownerOf(id)]);
      return all;
    });
  });

  it("notes, and refunds that wait for a second person, decided once", async () => {
    const said = await servers.same(async ({ pool, clock, payments, time }) => {
      await payments.createOnce(() => newPayment({ id: "pay_h1", payToken: "house" }));
      const erased = [await isErasedOf(pool, "pay_h1"), await isErasedOf(pool, "pay_none")];
      const notes = new PaymentNotes(pool);
      await notes.add(pool, "pay_h1", { id: "note_1", text: "Called.", by: THE_SHOP, at: clock.now() });
      const approvals = new Approvals(pool);
      const named = { id: "op_1", name: "Ana" } as const;
      const wanted: NewApproval = {
        id: "apr_1",
        payment: "pay_h1",
        reference: "order-17",
        terminal: "52221",
        attempt: null,
        amount: cents(100),
        statedReason: null,
        note: null,
        requestedBy: named,
        createdAt: time.now,
      };
      await approvals.add(pool, wanted);
      const found = [await approvals.find("apr_1", time.now), await approvals.find("apr_none", time.now)];
      const decision = { status: "approved", by: named, at: time.now, refund: "rfd_1", note: null } as const;
      await approvals.decide(pool, "apr_1", decision);
      const twice = await refusal(approvals.decide(pool, "apr_1", decision));
      return { erased, found, twice, decided: await approvals.find("apr_1", time.now) };
    });
    expect(said.twice).toMatchObject({ code: "23505", constraint: "approval_decision_pkey" });
    await servers.sameRows("payment_note", "approval", "approval_decision");
  });

  it("what needs a person is listed until they are done with it", async () => {
    await servers.same(async ({ pool, clock }) => {
      const lists = { pool, before: "52221" } as const;
      const now = clock.now();
      const ofAll = await listTasks(lists, now, { whose: null, subject: null }, { limit: 50 });
      const [first] = ofAll.data;
      const ofOne = await listTasks(lists, now, { whose: null, subject: first?.subject ?? "" }, { limit: 5 });
      const ofTerminal = await listTasks(lists, now, { whose: "52221", subject: null }, { limit: 100 });
      const ended = [];
      for (const { id } of ofAll.data) ended.push(await endTask(pool, { id, note: "Seen.", by: THE_SHOP, at: now }));
      const left = [await leftUndelivered(pool, now, null), await leftNotifications(pool, now)];
      const endpoint = "events_undelivered.ep_none";
      for (const id of ["notifications_refused", "notifications_unmatched", endpoint])
        ended.push(await endSoFar(pool, { id, note: "Seen.", by: THE_SHOP, at: now }));
      left.push(await leftNotifications(pool, now));
      return {
        ofAll: ofAll.data.map(({ id }) => id),
        ofOne,
        ofTerminal: ofTerminal.data.map(({ id }) => id),
        ended,
        left,
      };
    });
    await servers.sameRows("task", "task_done", "notification_refused");
  });

  it("changes that others made are looked for, and told of", async () => {
    await servers.same(async ({ pool }) => {
      const changes = new Changes({ pool, ears: null, log: silent as never });
      await new Promise<void>((resolve) => {
        changes.subscribe("pay_h1", resolve);
        void changes.start();
      });
      changes.announce("pay_h1");
      await new Promise((resolve) => setTimeout(resolve, 300));
      changes.stop();
    });
  });
}
