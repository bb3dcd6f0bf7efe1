import { type By, THE_SHOP } from "../by.ts";
import type { Instant } from "../time.ts";

/** What a person says, having looked where no inquiry can: who, when and why. */
export interface Settlement<Outcome extends string> {
  readonly outcome: Outcome;
  /** Null: the customer was erased since. */
  readonly note: string | null;
  readonly at: Instant;
  readonly by: By;
}

/** How an attempt ended, as a person says, or SIBS. */
export type AttemptResult = "approved" | "not_paid";
/** How an operation ended. */
export type OperationResult = "done" | "not_done";

/** What a person said, as it is kept. */
export function settlementOf<Outcome extends string>(fact: {
  readonly outcome: Outcome;
  readonly note: string | null;
  readonly at: Instant;
  readonly by: By | null;
}): Settlement<Outcome> {
  const { outcome, note, at, by } = fact;
  return { outcome, note, at, by: by ?? THE_SHOP };
}

/** Who says how something ended, where it is not SIBS itself: a person, or that nothing was ever found of it. */
export type SaidBy = "person" | "absence";

/** Since when an end is unproved: one that SIBS itself did not say, from that moment. */
export function unprovedBy({ saidBy, at }: { readonly saidBy?: SaidBy; readonly at: Instant }): Instant | null {
  return saidBy === undefined ? null : at;
}
