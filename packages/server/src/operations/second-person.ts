import { type Cents, cents } from "@caravela/sibs/money";
import { type Budget, budgetsOf, type Caller } from "../domain/api-key.ts";
import type { RefundBounds } from "../domain/payment/refund-limit.ts";
import type { Operator } from "../storage/operators.ts";

/** How much one person may give back without a second: of one payment, whoever did it, and on their day; null: all. */
export interface AloneLimits {
  readonly above: Cents | null;
  readonly day: Cents | null;
}

/** Knows them. */
export interface KnowsAloneLimits {
  readonly alone: AloneLimits;
}

/** Within what somebody gives money back, and whose days it counts in. */
export interface Bounds extends RefundBounds {
  readonly budgets: readonly Budget[];
}

/** A person's day counts apart from what they may at all: past it they need another. */
const aloneKey = (id: Operator["id"]) => `${id}.alone` as const;

/** What somebody's refund counts in that another approves: it takes from what they may give back alone on that day. */
const APPROVED = cents(99_999_999_999);

/** The bounds of whoever asks: an API key's are its own, a person also stops where they need another. */
export function boundsOf(caller: Caller, { above, day }: AloneLimits): Bounds {
  const { refundLimit: limit, touchAbove, budgets, person } = caller;
  if (person === null) return { limit, touchAbove, budgets };
  const own = day === null ? [] : [{ key: aloneKey(person.id), most: day }];
  return { limit, touchAbove, alone: above, budgets: [...budgets, ...own] };
}

/** The bounds of two: no more than either may, and in both their days. */
export function boundsOfBoth(requester: Operator, approver: Caller, { day }: AloneLimits): Bounds {
  const limits = [requester.refundLimit, approver.refundLimit].filter((limit) => limit !== null);
  const alone = day === null ? [] : [{ key: aloneKey(requester.id), most: APPROVED }];
  const all = [...budgetsOf(requester.id, requester.refundLimit, requester), ...approver.budgets, ...alone];
  return {
    limit: limits.length === 0 ? null : cents(Math.min(...limits)),
    touchAbove: approver.touchAbove,
    budgets: [...new Map(all.map((budget) => [budget.key, budget])).values()],
  };
}

/** Those that bound whoever asks at all, with or without another. */
export function ownBudgets(budgets: readonly Budget[]): readonly Budget[] {
  return budgets.filter(({ key }) => !key.endsWith(".alone"));
}
