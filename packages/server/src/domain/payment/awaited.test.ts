import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE, SECOND } from "../time.ts";
import { isAwaited } from "./awaited.ts";
import { nextDue } from "./due.ts";
import type { Fact } from "./facts.ts";
import { mbwaySent, mbwayWaiting, paymentAfter, TEN, TERMS } from "./testing/builders.ts";

const PLAN = { id: "plan_1", period: 1, date: "2026-07-01", retryAfterDays: [] } as const;
const notified = {
  kind: "attempt_notified",
  at: TEN,
  attempt: "att_1",
  notification: "n1",
  success: true,
  paid: true,
} as const;
const doubted = { kind: "attempt_in_doubt", at: TEN, attempt: "att_1" } as const;
const approved = {
  kind: "attempt_approved",
  at: TEN,
  attempt: "att_1",
  hold: false,
  reference: null,
  for: "payment",
  amount: cents(550),
} as const;

const charged = (): Fact[] => [
  { kind: "attempt_prepared", at: TEN, attempt: "att_1", ...TERMS, method: "mandate", initiator: "merchant" },
  {
    kind: "attempt_submitted",
    at: TEN,
    attempt: "att_1",
    transactionId: "s2_att_1",
    merchantTransactionId: "att_1",
    checkoutExpiresAt: TEN + 10 * MINUTE,
    expiresAt: null,
  },
];

const referenceWaits = (): Fact[] => [
  { kind: "attempt_prepared", at: TEN, attempt: "att_1", ...TERMS, method: "multibanco" },
  {
    kind: "attempt_submitted",
    at: TEN,
    attempt: "att_1",
    transactionId: "s2_att_1",
    merchantTransactionId: "att_1",
    checkoutExpiresAt: TEN + 10 * MINUTE,
    expiresAt: TEN + DAY,
  },
  { kind: "attempt_pending", at: TEN, attempt: "att_1", reference: null },
];

const refund = (reason: "requested" | "late"): Fact => ({
  kind: "operation_requested",
  at: TEN,
  operation: "rfd_1",
  operationKind: "refund",
  attempt: "att_1",
  amount: cents(100),
  reason,
});

const isAwaitedOf = (facts: readonly Fact[], at: number, changes = {}) => isAwaited(paymentAfter(facts, changes), at);

describe("somebody waits for", () => {
  it.each<[string, boolean, readonly Fact[], number]>([
    ["a request on a phone", true, mbwayWaiting(TEN), TEN + 5 * SECOND],
    ["one of which nobody knows how it stands after its time", false, mbwayWaiting(TEN), TEN + HOUR],
    ["an answer that was just lost", true, [...mbwaySent(TEN), doubted], TEN + 4 * SECOND],
    ["an answer that was lost long ago", false, [...mbwaySent(TEN), doubted], TEN + 10 * MINUTE],
    ["what SIBS has just notified", true, [...referenceWaits(), notified], TEN],
    ["a reference that is looked at each hour", false, referenceWaits(), TEN + HOUR],
    ["a refund that the shop asked for", true, [...mbwayWaiting(TEN), approved, refund("requested")], TEN + SECOND],
    ["one that is in doubt since long", false, [...mbwayWaiting(TEN), approved, refund("requested")], TEN + HOUR],
    ["money that goes back by itself", false, [...mbwayWaiting(TEN), approved, refund("late")], TEN + SECOND],
    ["the end of a payment that nobody paid", false, [], TEN + 3 * DAY],
  ])("%s: %s", (_what, awaited, facts, at) => expect(isAwaitedOf(facts, at)).toBe(awaited));

  it("no charge of a plan, whatever becomes of it, but for what its customer does about it", () => {
    const ofPlan = { plan: PLAN, mandate: "man_1", initiator: "merchant" };
    for (const facts of [[], charged(), [...charged(), doubted], [...charged(), notified]])
      expect(isAwaitedOf(facts, TEN + SECOND, ofPlan)).toBe(false);
    expect(isAwaitedOf(mbwayWaiting(TEN), TEN + SECOND, ofPlan)).toBe(true);
  });
});

describe("a notification of money", () => {
  const unannounced: Fact = { ...approved, unannounced: true };

  it("causes no inquiry of what SIBS's own status has said before it; another one does", () => {
    const before = paymentAfter([...mbwayWaiting(TEN), unannounced]);
    const facts = [...mbwayWaiting(TEN), unannounced, { ...notified, at: TEN + SECOND }];
    expect(nextDue(paymentAfter(facts))).toBe(nextDue(before));
    const again = paymentAfter([...facts, { ...notified, at: TEN + MINUTE }]);
    expect(nextDue(again)).toBe(TEN + MINUTE);
  });

  it.each<[string, readonly Fact[]]>([
    ["waits on a phone", []],
    ["was taken, as SIBS said after it had notified that", [approved]],
    ["was taken, nobody can say how much", [{ ...unannounced, for: "other_amount", amount: null }]],
    ["counts as taken by a person's word", [{ ...unannounced, saidBy: "person" }]],
  ])("causes one of what %s", (_what, facts) => {
    const told = paymentAfter([...mbwayWaiting(TEN), ...facts, { ...notified, at: TEN + SECOND }]);
    expect(nextDue(told)).toBe(TEN + SECOND);
  });
});
