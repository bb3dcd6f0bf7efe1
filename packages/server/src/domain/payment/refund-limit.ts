import { type Cents, cents } from "@caravela/sibs/money";
import type { Refusal } from "../refusal.ts";
import type { Fact } from "./facts.ts";
import { countsAgainstBounds, isAskedByShop, type Operation } from "./operation.ts";
import type { Payment } from "./state.ts";

/**
 * What a shop had given back of a payment, or may have: whoever asked for it. What goes back by a rule is not of it.
 */
export function givenBackByShop({ operations }: Pick<Payment, "operations">): Cents {
  return total(operations.filter((one) => one.kind === "refund" && isAskedByShop(one) && countsAgainstBounds(one)));
}

/** How much of a payment whoever asks may give back. */
export interface RefundBounds {
  /** At most; null: all of it. */
  readonly limit: Cents | null;
  /** Unless they touch their passkey first; null, or absent: all of it. */
  readonly touchAbove?: Cents | null;
  /** Without a second person; null, or absent: all of it. */
  readonly alone?: Cents | null;
}

/** Why somebody may not give so much back, or not by themselves alone; null: they may. */
export function beyondLimit(payment: Payment, amount: Cents, bounds: RefundBounds): Refusal | null {
  const { limit, touchAbove = null, alone = null } = bounds;
  const given = givenBackByShop(payment);
  if (limit !== null && amount > limit - given)
    return { refused: "refund_limit", of: "payment", left: Math.max(0, limit - given) };
  if (touchAbove !== null && amount > touchAbove - given) return { refused: "touch_required", above: touchAbove };
  return alone !== null && amount > alone - given ? { refused: "second_person", amount } : null;
}

/** What a decision gives back, because the shop asked for it. */
export function givenBackIn(facts: readonly Fact[]): Cents {
  const asked = facts.flatMap((fact) =>
    fact.kind === "operation_requested" && fact.operationKind === "refund" && isAskedByShop(fact) ? [fact] : [],
  );
  return total(asked);
}

function total(refunds: readonly Pick<Operation, "amount">[]): Cents {
  return cents(refunds.reduce((sum, { amount }) => sum + amount, 0));
}
