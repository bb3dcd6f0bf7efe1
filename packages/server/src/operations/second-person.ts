import { type Cents, cents } from "@caravela/sibs/money";
import type { Caller } from "../domain/api-key.ts";
import { type Budget, type Limited, withOwnDays } from "../domain/limit.ts";
import type { Bounds } from "../domain/payment/limit.ts";
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

/** Within what somebody gives money back, or captures it, and whose days it counts in. */
export interface DayBounds extends Bounds {
  readonly of: Limited;
  readonly budgets: readonly Budget[];
}

/** A person's day counts apart from what they may at all: past it they need another. */
const aloneKey = (id: Operator["id"]) => `${id}.alone` as const;

/** So much of a person's day goes back without a touch of the passkey, over however many payments. */
function untouchedDay({ person, touchAbove }: Caller): readonly Budget[] {
  return person === null || touchAbove === null ? [] : [{ key: `${person.id}.untouched`, most: touchAbove }];
}

/** What somebody's refund counts in that another approves: it takes from what they may give back alone on that day. */
const APPROVED = cents(99_999_999_999);

/**
 * The bounds of whoever asks: an API key's are its own; a person who gives back also stops where they need another, or
 * must touch their passkey. What is captured comes to the shop itself, and can be given back: one's limit is enough.
 */
export function boundsOf(caller: Caller, of: Limited, { above, day }: AloneLimits): DayBounds {
  const { touchAbove, person } = caller;
  const { most: limit, budgets } = caller.limits[of];
  if (person === null || of === "capture") return { of, limit, budgets };
  const own = day === null ? [] : [{ key: aloneKey(person.id), most: day }];
  return { of, limit, touchAbove, alone: above, budgets: [...budgets, ...untouchedDay(caller), ...own] };
}

/** The bounds of two: no more than either may, and in both their days. */
export function boundsOfBoth(requester: Operator, approver: Caller, { day }: AloneLimits): DayBounds {
  const both = [withOwnDays(requester.id, requester.limits).refund, approver.limits.refund];
  const limits = both.map(({ most }) => most).filter((limit) => limit !== null);
  const alone = day === null ? [] : [{ key: aloneKey(requester.id), most: APPROVED }];
  const all = [...both.flatMap(({ budgets }) => budgets), ...untouchedDay(approver), ...alone];
  return {
    of: "refund",
    limit: limits.length === 0 ? null : cents(Math.min(...limits)),
    touchAbove: approver.touchAbove,
    budgets: leastOf(all),
  };
}

/** Each day once: where it is both of theirs, to the lesser of what they may in it. */
function leastOf(budgets: readonly Budget[]): readonly Budget[] {
  const byMost = budgets.toSorted((one, other) => other.most - one.most);
  return [...new Map(byMost.map((budget) => [budget.key, budget])).values()];
}

/** Those that bound whoever asks at all, and those that do until they touch their passkey, or ask another. */
export function budgetsBy(budgets: readonly Budget[]): Readonly<Record<"own" | "untouched" | "alone", Budget[]>> {
  const isOf = (kind: string) => (budget: Budget) => budget.key.endsWith(`.${kind}`);
  const [untouched, alone] = [budgets.filter(isOf("untouched")), budgets.filter(isOf("alone"))];
  return { own: budgets.filter((one) => !untouched.includes(one) && !alone.includes(one)), untouched, alone };
}
