import { type Cents, cents } from "@caravela/sibs/money";
import { isRefusal } from "../decision.ts";
import type { Limited, Spender } from "../limit.ts";
import type { Refusal } from "../refusal.ts";
import type { Decision } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { countsAgainstBounds, isAskedByShop, type Operation } from "./operation.ts";
import type { Payment } from "./state.ts";

/**
 * What a shop had given back of a payment, or captured, or may have: whoever asked for it. What a rule does is not of
 * it.
 */
export function doneByShop({ operations }: Pick<Payment, "operations">, kind: Limited): Cents {
  return total(operations.filter((one) => one.kind === kind && isAskedByShop(one) && countsAgainstBounds(one)));
}

/** How much of a payment whoever asks may give back, or capture. */
export interface Bounds {
  /** At most; null: all of it. */
  readonly limit: Cents | null;
  /** Unless they touch their passkey first; null, or absent: all of it. */
  readonly touchAbove?: Cents | null;
  /** Without a second person; null, or absent: all of it. */
  readonly alone?: Cents | null;
}

/** Why somebody may not do so much of one kind, or not by themselves alone; null: they may. */
export function beyondLimit(payment: Payment, kind: Limited, amount: Cents, bounds: Bounds): Refusal | null {
  const { limit, touchAbove = null, alone = null } = bounds;
  const done = doneByShop(payment, kind);
  if (limit !== null && amount > limit - done)
    return { refused: `${kind}_limit`, of: "payment", left: Math.max(0, limit - done) };
  if (touchAbove !== null && amount > touchAbove - done)
    return { refused: "touch_required", of: "payment", above: touchAbove };
  return alone !== null && amount > alone - done ? { refused: "second_person", amount } : null;
}

/** What a decision gives back, or captures, because the shop asked for it. */
export function askedIn(facts: readonly Fact[], kind: Limited): Cents {
  const asked = facts.flatMap((fact) =>
    fact.kind === "operation_requested" && fact.operationKind === kind && isAskedByShop(fact) ? [fact] : [],
  );
  return total(asked);
}

/** A decision that says of what it asks for in whose days it counts. */
export function countedFor(decision: Decision, kind: Limited, countsFor: readonly Spender[]): Decision {
  if (isRefusal(decision) || countsFor.length === 0) return decision;
  return decision.map((fact) =>
    fact.kind === "operation_requested" && fact.operationKind === kind && isAskedByShop(fact)
      ? { ...fact, countsFor }
      : fact,
  );
}

/** An operation of which a fact says that nothing came of it, and that counts in somebody's day until then. */
export function uncountedBy({ operations }: Payment, fact: Fact): Operation | null {
  // a person who says it may be the one whose day it is
  if (fact.kind !== "operation_failed" || fact.saidBy === "person") return null;
  const operation = operations.find(({ id }) => id === fact.operation);
  return operation === undefined || operation.status === "failed" || operation.countsFor.length === 0
    ? null
    : operation;
}

function total(operations: readonly Pick<Operation, "amount">[]): Cents {
  return cents(operations.reduce((sum, { amount }) => sum + amount, 0));
}
