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

/** Why somebody may not give so much back, who may give back so much of a payment at most; null: they may. */
export function beyondLimit(payment: Payment, amount: Cents, limit: Cents | null): Refusal | null {
  if (limit === null) return null;
  const left = Math.max(0, limit - givenBackByShop(payment));
  return amount > left ? { refused: "refund_limit", of: "payment", left } : null;
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
