import type { NewId } from "./identifiers.ts";
import type { Refusal } from "./refusal.ts";
import type { Instant } from "./time.ts";

/** What a decision may use besides the state: the moment, and new identifiers. Both are handed in. */
export interface Given {
  readonly now: Instant;
  /** A new identifier, e.g. `rfd_…` for the prefix `rfd`. */
  readonly id: NewId;
}

/** The facts that follow from a command, or why it is refused. No facts: nothing changes. */
export type Decision<F> = readonly F[] | Refusal;

export function isRefusal<F>(decision: Decision<F>): decision is Refusal {
  return "refused" in decision;
}
