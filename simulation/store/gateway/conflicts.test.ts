import { systemClock } from "@caravela/platform/clock";
import { dueStatements, unwrap } from "@caravela/platform/postgres/due-statements";
import { beforeEach, describe, expect, it } from "vitest";
import { DELIVERING, keepTriesSql } from "../../../packages/gateway/src/notifications/deliveries.ts";
import { newTerminal } from "../../../packages/gateway/src/terminals/demonstration.ts";
import { Terminals } from "../../../packages/gateway/src/terminals/terminals.ts";
import { insertSql } from "../../../packages/gateway/src/transactions/statements.ts";
import { bothGateways } from "./testing/kept-gateway.ts";
import { AT, changeOf, mandateRow, noticeOf, paymentRow, tokenOf } from "./testing/rows.ts";

const NOTICES = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"] as const;
const [FIRST, SECOND] = NOTICES;
const MANDATE = "1".repeat(20);

const gatewayOn = bothGateways();

describe.each(["PostgreSQL", "memory"] as const)("%s", (name) => {
  const kept = gatewayOn(name);
  const { insert, save } = kept;

  beforeEach(() => insert(paymentRow("pay-1"), paymentRow("pay-2", { merchant_transaction_id: "order-2" })));

  const refusedBy = async (work: () => Promise<unknown>) => {
    const before = await kept.rows();
    const error = await work().then(
      () => null,
      (failure: { code?: string; constraint?: string; column?: string }) => failure,
    );
    expect(await kept.rows()).toEqual(before);
    return [error?.code, error?.constraint ?? error?.column];
  };
  const transaction = async (id: string) => {
    const { "sibs_gateway.transaction": rows = [] } = await kept.rows("transaction");
    return rows.find((row) => "transaction_id" in row && row.transaction_id === id);
  };

  describe("a change", () => {
    const beside = (id: string) => ({
      notices: [noticeOf(id, FIRST)],
      tokens: [tokenOf(id)],
      operations: [{ changed_id: id, made: paymentRow(`${id}-refund`, { kind: "refund", original_id: id }) }],
    });

    it("is written with all that it brings, and its journal goes on", async () => {
      expect(await save({ changes: [changeOf("pay-1", 0)], ...beside("pay-1") })).toEqual(["pay-1"]);
      expect(await transaction("pay-1")).toMatchObject({
        version: 1,
        outcome: "approved",
        captured: 550,
        journal: [{ what: "checkout" }, { what: "approved", data: { version: 0 } }],
      });
      expect(await transaction("pay-1-refund")).toMatchObject({ version: 0, journal: [], original_id: "pay-1" });
      const { "sibs_gateway.notification": told, "sibs_gateway.token": tokens } = await kept.rows();
      expect(told).toMatchObject([{ notification_id: FIRST, terminal_id: "52221", due_at: new Date(AT), round: 1 }]);
      expect(tokens).toMatchObject([{ merchant_code: 9_999_999, transaction_id: "pay-1" }]);
    });

    it("of another version writes nothing, nor does what it brings; one beside it is written", async () => {
      const before = await kept.rows();
      expect(await save({ changes: [changeOf("pay-1", 1)], ...beside("pay-1") })).toEqual([]);
      expect(await kept.rows()).toEqual(before);
      const changes = [changeOf("pay-1", 1), changeOf("pay-2", 0), changeOf("unknown", 0)];
      expect(await save({ changes, notices: [noticeOf("pay-1", FIRST), noticeOf("pay-2", SECOND)] })).toEqual([
        "pay-2",
      ]);
      const { "sibs_gateway.notification": told } = await kept.rows("notification");
      expect(told).toMatchObject([{ notification_id: SECOND }]);
    });

    it("tells nobody whose terminal has no webhook, and keeps what could be told", async () => {
      await insert(paymentRow("pay-3", { terminal_id: "7" }));
      await save({ changes: [changeOf("pay-3", 0)], notices: [noticeOf("pay-3", FIRST)], tokens: [tokenOf("pay-3")] });
      const { "sibs_gateway.notification": told, "sibs_gateway.token": tokens } = await kept.rows();
      expect(told).toMatchObject([{ notification_id: FIRST, due_at: null }]);
      expect(tokens).toEqual([]);
    });

    it("that meets another's reference or token, or breaks a check, is refused with all beside it", async () => {
      const reference = { entity: "24000", reference: "123456789", reference_status: "UNPAID" };
      await insert(paymentRow("pay-3", reference), paymentRow("pay-4", { entity: "24000" }));
      const taken = changeOf("pay-4", 0, { reference: "123456789" });
      expect(await refusedBy(() => save({ changes: [changeOf("pay-1", 0), taken] }))).toEqual([
        "23505",
        "transaction_by_reference",
      ]);
      await save({ changes: [changeOf("pay-2", 0)], tokens: [tokenOf("pay-2")] });
      expect(await refusedBy(() => save({ changes: [changeOf("pay-1", 0)], tokens: [tokenOf("pay-1")] }))).toEqual([
        "23505",
        "token_pkey",
      ]);
      const negative = { changed_id: "pay-1", made: paymentRow("refund", { kind: "refund", amount: -1 }) };
      expect(await refusedBy(() => save({ changes: [changeOf("pay-1", 0)], operations: [negative] }))).toEqual([
        "23514",
        "transaction_amount_check",
      ]);
      const beyond = changeOf("pay-1", 0, { refunded: 551 });
      expect(await refusedBy(() => save({ changes: [beyond] }))).toEqual(["23514", "transaction_check2"]);
      const nameless = { changed_id: "pay-1", made: paymentRow("refund", { description: null }) };
      expect(await refusedBy(() => save({ changes: [changeOf("pay-1", 0)], operations: [nameless] }))).toEqual([
        "23502",
        "description",
      ]);
    });

    it("that draws on a mandate is written with it, or neither is", async () => {
      await insert(mandateRow("mandate", MANDATE));
      const drawing = (version: number) => ({
        transaction_id: "mandate",
        version,
        collected_month: "2026-11",
        collected: 550,
      });
      const before = await kept.rows();
      expect(await save({ changes: [changeOf("pay-1", 0)], drawings: [drawing(1)] })).toEqual([]);
      expect(await save({ changes: [changeOf("pay-1", 1)], drawings: [drawing(0)] })).toEqual([]);
      expect(await kept.rows()).toEqual(before);
      expect(await save({ changes: [changeOf("pay-1", 0)], drawings: [drawing(0)] })).toEqual(["pay-1"]);
      expect(await transaction("mandate")).toMatchObject({ version: 1, collected: 550, collected_month: "2026-11" });
      expect(await transaction("pay-1")).toMatchObject({ version: 1 });
    });

    it("is recorded whole or not at all where one of several is there already", async () => {
      expect(await refusedBy(() => insert(paymentRow("pay-3"), paymentRow("pay-1")))).toEqual([
        "23505",
        "transaction_pkey",
      ]);
      expect(await refusedBy(() => insert(mandateRow("m-1", MANDATE), mandateRow("m-2", MANDATE)))).toEqual([
        "23505",
        "transaction_by_mandate",
      ]);
    });
  });

  describe("a try", () => {
    const due = dueStatements(DELIVERING);
    const now = new Date(AT);
    const claim = async (limit: number, at = now) => unwrap<object>((await kept.pool.query(due.claim(at, limit))).rows);
    const tried = (lease: string, differing: object = {}) => {
      const one = { notification_id: FIRST, lease, at: AT, status: 200, answer: "{}", state: "Processed", next: null };
      const values = [JSON.stringify([{ ...one, round: 1, ...differing }])];
      return kept.pool.query({ name: "notification-tried", text: keepTriesSql, values });
    };
    const told = async () => {
      const { "sibs_gateway.notification": rows, "sibs_gateway.notification_try": tries } = await kept.rows();
      return { notification: rows?.[0], tries };
    };

    beforeEach(async () => {
      await save({ changes: [changeOf("pay-1", 0)], notices: [noticeOf("pay-1", FIRST)] });
    });

    it("is one's own as long as one holds it, and then another's", async () => {
      await save({
        changes: [changeOf("pay-2", 0)],
        notices: [{ ...noticeOf("pay-2", SECOND), at: "2026-11-29T09:59:59Z" }],
      });
      const [first] = (await claim(1)).claimed;
      expect(first).toMatchObject({ key: SECOND, row: { plaintext: '{"b":1,"a":["pay-2"]}', tries: 0, round: 1 } });
      const { claimed } = await claim(5);
      expect(claimed.map(({ key }) => key)).toEqual([FIRST]);
      expect((await claim(5)).claimed).toEqual([]);
      expect((await kept.pool.query(due.anyDue(now))).rows).toEqual([{ due: false }]);
      const { rows: renewed } = await kept.pool.query(due.renew(claimed));
      expect(renewed.map(({ key }) => key)).toEqual([FIRST]);
      // by a lease that is not one's own any more nothing is done
      expect((await kept.pool.query(due.renew(claimed))).rows).toEqual([]);
      await kept.pool.query(due.giveBack(claimed));
      expect((await claim(5)).claimed).toEqual([]);
      await kept.pool.query(due.giveBack(renewed));
      expect((await kept.pool.query(due.next(now))).rows).toEqual([{ next: now }]);
      expect((await claim(5)).claimed.map(({ key }) => key)).toEqual([FIRST]);
    });

    it("gives its own lease back and no other's", async () => {
      const [held] = (await claim(1)).claimed;
      await tried("2026-11-29 10:00:00.000001+00", { state: "Requested", next: AT });
      expect(await told()).toMatchObject({ notification: { tries: 1, leased_until: "a moment", first_try_at: now } });
      await tried(held?.lease ?? "", { at: "2026-11-29T10:05:00Z" });
      const { notification, tries } = await told();
      expect(notification).toMatchObject({ tries: 2, leased_until: null, state: "Processed", first_try_at: now });
      expect(tries).toMatchObject([{ number: 1 }, { number: 2, status: 200 }]);
    });

    it("of an earlier round, or of what was acknowledged elsewhere, is added and changes nothing else", async () => {
      await tried("-infinity", { round: 2 });
      expect(await told()).toMatchObject({ notification: { tries: 1, state: "Requested", due_at: now } });
      await tried("-infinity", {});
      await tried("-infinity", { state: "Requested", next: AT, status: null, answer: null });
      expect(await told()).toMatchObject({ notification: { tries: 3, state: "Processed", due_at: null } });
    });

    it("of what was forgotten is nothing", async () => {
      await tried("-infinity", { notification_id: SECOND });
      expect((await told()).tries).toEqual([]);
    });
  });

  describe("a terminal", () => {
    let terminals: Terminals;
    const chance = { bytes: (n: number) => new Uint8Array(n), uuid: () => "client", text: () => "x" };
    const made = (id: string) => newTerminal(id, 1, systemClock, chance as never);
    beforeEach(() => {
      terminals = new Terminals(kept.pool, systemClock);
    });

    it("stays as it was where the change of it fails, and is not made", async () => {
      const fails = (id: string) =>
        terminals.change(made(id), () => {
          throw Object.assign(new Error("no"), { code: "no" });
        });
      expect(await refusedBy(() => fails("52221"))).toEqual(["no", undefined]);
      expect(await refusedBy(() => fails("99"))).toEqual(["no", undefined]);
      const half = { url: "http://127.0.0.1/", secret: null } as never;
      const breaks = () => terminals.change(made("99"), (terminal) => ({ ...terminal, webhook: half }));
      expect(await refusedBy(breaks)).toEqual(["23514", "terminal_check"]);
      expect(await refusedBy(() => terminals.change(made("x"), (one) => one))).toEqual([
        "23514",
        "terminal_terminal_id_check",
      ]);
    });

    it("is changed by one after the other", async () => {
      const more = () =>
        terminals.change(made("98"), (terminal) => ({ ...terminal, merchantCode: terminal.merchantCode + 1 }));
      await Promise.all([more(), more(), more()]);
      expect((await terminals.find("98"))?.merchantCode).toBe(4);
    });
  });

  it("does nothing more in a transaction of which a statement failed", async () => {
    const connection = await kept.pool.connect();
    const inserting = (id: string) => {
      const values = [JSON.stringify([paymentRow(id)])];
      return connection.query({ name: "transaction-insert", text: insertSql, values });
    };
    const before = await kept.rows();
    await connection.query("begin");
    await inserting("pay-3");
    await expect(inserting("pay-1")).rejects.toMatchObject({ code: "23505" });
    await expect(inserting("pay-4")).rejects.toMatchObject({ code: "25P02" });
    await connection.query("commit");
    connection.release();
    expect(await kept.rows()).toEqual(before);
  });
});
