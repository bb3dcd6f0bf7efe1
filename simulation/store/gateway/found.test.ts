import { seededChance } from "@caravela/platform/chance";
import { storedClock, systemClock } from "@caravela/platform/clock";
import { beforeEach, describe, expect, it } from "vitest";
import { DELIVERING, forgetSql, keepTriesSql } from "../../../packages/gateway/src/notifications/deliveries.ts";
import { resendNotification } from "../../../packages/gateway/src/notifications/notifications.ts";
import { newTerminal } from "../../../packages/gateway/src/terminals/demonstration.ts";
import { Terminals } from "../../../packages/gateway/src/terminals/terminals.ts";
import { Tokens } from "../../../packages/gateway/src/tokens/tokens.ts";
import { Transactions } from "../../../packages/gateway/src/transactions/transactions.ts";
import { bothGateways } from "./testing/kept-gateway.ts";
import { AT, changeOf, mandateRow, noticeOf, paymentRow, tokenOf, type WrittenRow } from "./testing/rows.ts";

const FIRST = "00000000-0000-4000-8000-000000000001";
const [PHONE, OTHER] = ["351#919999991", "351#919999992"];
const [BEFORE, AFTER] = ["2026-11-29T09:59:59.999Z", "2026-11-29T10:00:00.001Z"];

const gatewayOn = bothGateways();

describe.each(["PostgreSQL", "memory"] as const)("%s", (name) => {
  const kept = gatewayOn(name);
  let transactions: Transactions;
  let terminals: Terminals;

  beforeEach(() => {
    const { pool } = kept;
    const clock = { now: () => new Date(AT) };
    terminals = new Terminals(pool, systemClock);
    transactions = new Transactions({ pool, clock, chance: seededChance(1), terminals, onNotices: () => undefined });
  });

  /** One after the other, so that each is newer than the one before. */
  const insertInTurn = async (...rows: readonly WrittenRow[]) => {
    for (const row of rows) await kept.insert(row);
  };
  const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

  it("finds of several the newest of a merchant's id, at the terminals that are asked for", async () => {
    await insertInTurn(
      paymentRow("a"),
      paymentRow("b"),
      paymentRow("c", { terminal_id: "7" }),
      paymentRow("d", { merchant_transaction_id: "order-2" }),
    );
    expect((await transactions.findByMerchantId(["52221"], "order-1"))?.id).toBe("b");
    expect((await transactions.findByMerchantId(["52221", "7"], "order-1"))?.id).toBe("c");
    expect(await transactions.findByMerchantId(["8"], "order-1")).toBeNull();
    expect(await transactions.findByMerchantId([], "order-1")).toBeNull();
  });

  it("finds what waits on a phone as long as an answer counts, the oldest first", async () => {
    const waits = (asked_at: string, answerable_until: string | null, phone = PHONE) => ({
      phone,
      asked_at,
      answerable_until,
    });
    await insertInTurn(
      paymentRow("late", waits(AT, AFTER)),
      paymentRow("early", waits(BEFORE, AFTER)),
      paymentRow("late too", waits(AT, AFTER)),
      paymentRow("over now", waits(BEFORE, AT)),
      paymentRow("answered", waits(BEFORE, null)),
      paymentRow("elsewhere", waits(BEFORE, AFTER, OTHER)),
    );
    expect(ids(await transactions.findWaiting(PHONE))).toEqual(["early", "late", "late too"]);
    expect(ids(await transactions.findWaiting("351#910000000"))).toEqual([]);
  });

  it("finds challenges that somebody can still answer, the oldest first, and a hundred at most", async () => {
    const challenged = (place: number, differing: WrittenRow = {}) =>
      paymentRow(`c-${place}`, {
        outcome: "action_wanted",
        action_id: `00000000-0000-4000-8000-${String(place).padStart(12, "0")}`,
        action_type: "THREEDS_CHALLENGE",
        action_asked_at: AT,
        action_tries: 0,
        deadline: AFTER,
        ...differing,
      });
    await insertInTurn(
      challenged(1),
      challenged(2, { action_asked_at: BEFORE }),
      challenged(3, { action_ending: "passed" }),
      challenged(4, { deadline: AT }),
      challenged(5, { action_type: "THREEDS_METHOD" }),
      challenged(6, { outcome: "approved" }),
      challenged(7),
    );
    expect(ids(await transactions.findChallenged())).toEqual(["c-2", "c-1", "c-7"]);
    expect((await transactions.findByAction("00000000-0000-4000-8000-000000000003"))?.id).toBe("c-3");
    await kept.insert(...Array.from({ length: 100 }, (_, place) => challenged(place + 10)));
    expect(await transactions.findChallenged()).toHaveLength(100);
  });

  it("finds mandates that were consented to, the newest first, and no more of them than are asked for", async () => {
    const mandate = (id: string, place: number, differing: WrittenRow) =>
      mandateRow(id, String(place).padStart(20, "0"), { phone: PHONE, ...differing });
    await insertInTurn(
      mandate("old", 1, {}),
      mandate("ended", 2, { mandate_status: "CNCL" }),
      mandate("asked", 3, { mandate_status: "PEND" }),
      mandate("other", 4, { phone: OTHER, terminal_id: "7" }),
      mandate("new", 5, { mandate_status: "SSPN" }),
      paymentRow("payment", { phone: PHONE, mandate_id: "1".padStart(20, "0") }),
    );
    expect(ids(await transactions.findMandatesOnPhone(PHONE))).toEqual(["new", "ended", "old"]);
    expect(ids(await transactions.findMandatesOf(["52221"], 2))).toEqual(["new", "ended"]);
    expect(ids(await transactions.findMandatesOf(["52221", "7"], 3))).toEqual(["new", "other", "ended"]);
    expect(ids(await transactions.findMandatesOf([], 3))).toEqual([]);
    expect((await transactions.findMandate("1".padStart(20, "0")))?.id).toBe("old");
  });

  it("finds by ids and by references, and lists pages from the newest on", async () => {
    const reference = { entity: "24000", reference: "123456789", reference_status: "UNPAID" };
    await insertInTurn(paymentRow("a"), paymentRow("b", reference), paymentRow("c"));
    const [a, none, b] = await Promise.all(["a", "none", "b"].map((id) => transactions.find(id)));
    expect([a?.id, none, b?.id]).toEqual(["a", null, "b"]);
    expect((await transactions.findByReference("24000", "123456789"))?.id).toBe("b");
    expect(await transactions.findByReference("24001", "123456789")).toBeNull();
    expect(ids(await transactions.list(2, null))).toEqual(["c", "b"]);
    expect(ids(await transactions.list(2, "b"))).toEqual(["a"]);
    expect(await transactions.list(2, "none")).toEqual([]);
    expect((await transactions.findWithJournal("a"))?.journal).toEqual([{ at: AT, what: "checkout", data: {} }]);
    expect(await transactions.findWithJournal("none")).toBeNull();
  });

  it("finds the tokens of one merchant, and terminals in their order", async () => {
    const chance = seededChance(2);
    for (const id of ["1000", "9", "10"]) {
      await terminals.change(newTerminal(id, 1, systemClock, chance), (terminal) => terminal);
    }
    expect((await terminals.all()).map(({ terminalId }) => terminalId)).toEqual(["52221", "9", "10", "1000"]);
    await insertInTurn(paymentRow("a"), paymentRow("b"), paymentRow("c", { terminal_id: "9" }));
    const tokens = ["1a", "2b", "3c"].map((start) => start.repeat(20));
    for (const [place, id] of ["a", "b", "c"].entries()) {
      await kept.save({ changes: [changeOf(id, 0)], tokens: [tokenOf(id, tokens[place])] });
    }
    const found = await new Tokens(kept.pool).findAll([...tokens, "4d".repeat(20)], 9_999_999);
    expect(found.map(({ value }) => value)).toEqual([tokens[1], tokens[0]]);
    expect(found[0]?.card).toMatchObject({ brand: "VISA", firstSix: "411111", expiry: "2030-12" });
  });

  it("sends again what was done with, and what is forgotten of an earlier round stays due", async () => {
    await kept.insert(paymentRow("a"));
    await kept.save({ changes: [changeOf("a", 0)], notices: [noticeOf("a", FIRST)] });
    const acknowledged = { notification_id: FIRST, lease: AT, at: AT, status: 200, answer: "{}", state: "Processed" };
    const values = [JSON.stringify([{ ...acknowledged, next: null, round: 1 }])];
    await kept.pool.query({ name: "notification-tried", text: keepTriesSql, values });
    const again = await resendNotification(kept.pool, FIRST, new Date(AFTER));
    expect(again).toMatchObject({
      state: "Requested",
      nextTryAt: AFTER,
      tries: [{ at: AT, status: 200, answer: "{}" }],
    });
    expect(await resendNotification(kept.pool, FIRST.replace("1", "2"), new Date(AFTER))).toBeNull();
    const isDue = async () => {
      const { [DELIVERING.table]: rows } = await kept.rows("notification");
      return rows;
    };
    expect(await isDue()).toMatchObject([{ round: 2, due_at: new Date(AFTER) }]);
    await kept.pool.query({ name: "notification-forget", text: forgetSql, values: [FIRST, 1] });
    expect(await isDue()).toMatchObject([{ due_at: new Date(AFTER) }]);
    await kept.pool.query({ name: "notification-forget", text: forgetSql, values: [FIRST, 2] });
    expect(await isDue()).toMatchObject([{ due_at: null }]);
  });

  it("moves the clock forward alone, also where somebody else has moved it further", async () => {
    const [ours, theirs] = [await storedClock(kept.pool, systemClock), await storedClock(kept.pool, systemClock)];
    await theirs.moveTo(60_000);
    await ours.moveTo(1_000);
    expect(ours.offsetMs).toBe(60_000);
    expect((await storedClock(kept.pool, systemClock)).offsetMs).toBe(60_000);
  });
});
