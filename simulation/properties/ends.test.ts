import { describe, expect, it } from "vitest";
import { absentInVain, triedTooSoon, unheard } from "./ends.ts";

interface Entry {
  readonly transaction_id: string;
  readonly merchant_transaction_id: string;
  readonly outcome: string;
  readonly authorized: number;
}

/** SIBS's books, of these transactions. */
function books(...entries: readonly Entry[]) {
  const table = {
    get: (id: string) => entries.find(({ transaction_id }) => transaction_id === id),
    having: (_column: string, own: string) => entries.filter(({ merchant_transaction_id: id }) => id === own),
  };
  return { of: () => table } as never;
}

const DONE: Entry = { transaction_id: "s2_1", merchant_transaction_id: "rfd_1", outcome: "approved", authorized: 0 };

describe("what counts as never sent", () => {
  const neverSent = { id: "rfd_1", status: "failed", failure: { reason: "not_sent" } };
  const having = (operation: object) => ({ attempts: [], operations: [operation] }) as never;

  it("is accused where SIBS has done it, once", () => {
    const faults = ["rfd_1 counts as never sent, and SIBS has done it"];
    expect(absentInVain(books(DONE), null, having(neverSent))).toEqual(faults);
    expect(absentInVain(books(DONE), having({ ...neverSent, status: "in_doubt" }), having(neverSent))).toEqual(faults);
    expect(absentInVain(books(DONE), having(neverSent), having(neverSent))).toEqual([]);
  });

  it("is not where SIBS knows nothing of it, has not done it, or said itself that it did not", () => {
    expect(absentInVain(books(), null, having(neverSent))).toEqual([]);
    expect(absentInVain(books({ ...DONE, outcome: "failed" }), null, having(neverSent))).toEqual([]);
    const refused = { ...neverSent, failure: { reason: "refund_refused" } };
    expect(absentInVain(books(DONE), null, having(refused))).toEqual([]);
  });
});

describe("what SIBS has answered to be approved", () => {
  const taken: Entry = { ...DONE, merchant_transaction_id: "att_1", authorized: 550 };
  const attempt = { id: "att_1", transactionId: "s2_1", status: "timed_out", asked: { said: "Success" } };
  const payment = (change: object) => ({ attempts: [{ ...attempt, ...change }] }) as never;

  it("is accused as long as it is anything else here", () => {
    const faults = ["att_1 is timed_out: SIBS was asked, and answered that it is approved"];
    expect(unheard(books(taken), payment({}))).toEqual(faults);
  });

  it("is not once it is approved, where SIBS has said nothing yet, or by a success that took no money", () => {
    expect(unheard(books(taken), payment({ status: "approved" }))).toEqual([]);
    expect(unheard(books(taken), payment({ asked: null }))).toEqual([]);
    expect(unheard(books({ ...taken, authorized: 0 }), payment({}))).toEqual([]);
  });
});

describe("a plan's charge that is tried again", () => {
  const ended = { id: "att_1", createdAt: 1, endedAt: 5, askAt: 20, settled: null, failure: null, ...byPlan() };
  const again = { id: "att_2", createdAt: 10, endedAt: null, askAt: 11, settled: null, failure: null, ...byPlan() };
  const payment = (plan: object | null, ...attempts: object[]) => ({ plan, attempts }) as never;
  const tried = (before: object, plan: object | null = {}) =>
    triedTooSoon(payment(plan, before), payment(plan, before, again));

  it("is accused while SIBS is to be asked about the last one", () => {
    expect(tried(ended)).toEqual(["att_2 is tried while SIBS is to be asked about att_1 at 20"]);
  });

  it("is not once nobody asks any more, or where that was settled, never sent, or is no plan's", () => {
    for (const change of [{ askAt: null }, { askAt: 10 }, { settled: {} }, { failure: { reason: "not_sent" } }])
      expect(tried({ ...ended, ...change })).toEqual([]);
    expect(tried({ ...ended, initiator: "customer" })).toEqual([]);
    expect(tried(ended, null)).toEqual([]);
    expect(triedTooSoon(payment({}, ended, again), payment({}, ended, again))).toEqual([]);
  });
});

function byPlan() {
  return { mandate: { id: "man_1" }, initiator: "merchant" };
}
