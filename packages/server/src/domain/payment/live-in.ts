import type { Decision, Given } from "../decision.ts";
import type { Live } from "../erasing.ts";
import { isLive } from "../methods/types.ts";
import { type Attempt, isClaimed } from "./attempt.ts";
import { attentionsOf } from "./attention.ts";
import { chargeGivenUpAt } from "./due.ts";
import type { Fact } from "./facts.ts";
import { isUnderWay } from "./operation.ts";
import { owedAt } from "./owed.ts";
import { nextTryAt } from "./plan-charges.ts";
import { capturable, type Payment } from "./state.ts";
import { beginsByItself } from "./wish.ts";
import { withdrawalDueAt } from "./withdraw.ts";

/**
 * All of a payment that is not over: somebody may still pay, be asked for something, get something back, or be needed.
 * One that is merely unpaid is over for its customer once they are erased, and ends by itself.
 */
export function liveIn(payment: Payment): readonly Live[] {
  const { id, attempts, operations } = payment;
  const isHeld = capturable(payment) > 0;
  const isCharged = nextTryAt(payment) !== null || chargeGivenUpAt(payment) !== null;
  return [
    ...attempts.flatMap((attempt) => liveInAttempt(payment, attempt)),
    ...operations.filter(isUnderWay).map((one): Live => ({ id: one.id, why: "operation_under_way" })),
    ...(isHeld ? [{ id, why: "money_held" } as const] : []),
    ...(isCharged ? [{ id, why: "charged_again" } as const] : []),
    ...(beginsByItself(payment.wish) ? [{ id, why: "new_request_wanted" } as const] : []),
    ...attentionsOf(payment).map((one): Live => ({ id: one.operation ?? one.attempt, why: "needs_attention" })),
  ];
}

function liveInAttempt(payment: Payment, attempt: Attempt): readonly Live[] {
  const { id } = attempt;
  if (attempt.status === "prepared" || isLive(attempt)) return [{ id, why: "attempt_under_way" }];
  if (isClaimed(attempt)) return [{ id, why: "attempt_claimed" }];
  if (withdrawalDueAt(payment, attempt) !== null || attempt.inDoubt) return [{ id, why: "reference_being_withdrawn" }];
  return owedAt(payment, attempt) === null ? [] : [{ id, why: "money_owed" }];
}

/** Erases the customer of a payment of which nothing is live; of one that is erased, nothing is left to erase. */
export function eraseCustomer(payment: Payment, { now: at }: Given): Decision<Fact> {
  if (payment.erasedAt !== null) return [];
  const live = liveIn(payment);
  return live.length > 0 ? { refused: "customer_live", live } : [{ kind: "customer_erased", at }];
}
