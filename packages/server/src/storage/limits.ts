import type { Cents } from "@caravela/sibs/money";
import type { Budget, Limits } from "../domain/limit.ts";

/** The limits of a key or a person, as their row has them. */
export interface LimitColumns {
  readonly refund_limit: Cents | null;
  readonly budgets: readonly Budget[];
  readonly capture_limit: Cents | null;
  readonly capture_budgets: readonly Budget[];
}

/** Their names, in the order of `limitValues`. */
export const LIMIT_COLUMNS = "refund_limit, budgets, capture_limit, capture_budgets";

/** The limits that stand in a row. */
export function limitsIn(row: LimitColumns): Limits {
  return {
    refund: { most: row.refund_limit, budgets: row.budgets },
    capture: { most: row.capture_limit, budgets: row.capture_budgets },
  };
}

/** What a row has of limits. */
export function limitValues({ refund, capture }: Limits): unknown[] {
  return [refund.most, JSON.stringify(refund.budgets), capture.most, JSON.stringify(capture.budgets)];
}
