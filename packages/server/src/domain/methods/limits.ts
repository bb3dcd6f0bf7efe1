import type { Cents } from "@caravela/sibs/money";
import { type Method, rulesOf } from "./index.ts";

/** Between which amounts a way to pay can be used, both included; null: there is no such bound. */
export interface AmountLimit {
  readonly least: Cents | null;
  readonly most: Cents | null;
}

/** The limits that a terminal has at SIBS, as whoever runs the server said; a method without one pays any amount. */
export type MethodLimits = Readonly<Partial<Record<Method, AmountLimit>>>;

/** The limit of a method; a saved card has that of cards. Null: none. */
export function limitOf(limits: MethodLimits, method: Method): AmountLimit | null {
  const { offeredAs } = rulesOf(method);
  return limits[method] ?? (offeredAs === "card" ? limits.card : null) ?? null;
}

/** The limit that keeps a method from paying this amount; null: it can pay it. */
export function limitAgainst(limits: MethodLimits, method: Method, amount: Cents): AmountLimit | null {
  const limit = limitOf(limits, method);
  if (limit === null) return null;
  const isBelow = limit.least !== null && amount < limit.least;
  const isAbove = limit.most !== null && amount > limit.most;
  return isBelow || isAbove ? limit : null;
}

/** How a limit reads: `from 50 to 75000 cents`. */
export function describeLimit({ least, most }: AmountLimit): string {
  return [least === null ? [] : [`from ${least}`], most === null ? [] : [`up to ${most}`], ["cents"]].flat().join(" ");
}
