import type { AttemptId, OperationId } from "../identifiers.ts";
import { DOUBT_BEARABLE_FOR } from "../patience.ts";
import type { Instant } from "../time.ts";
import type { Attempt } from "./attempt.ts";
import { attentionsOf } from "./attention.ts";
import { isInSums, type Operation } from "./operation.ts";
import { nextTryAt } from "./plan-charges.ts";
import { type Attention, capturable, type Payment, refundable, returnable } from "./state.ts";

/**
 * What about a payment needs a person, or should be known to one: it follows from its state alone, so that it ends by
 * itself as soon as what it is about has ended.
 */
export type PaymentTask = { readonly since: Instant } & (
  | {
      readonly kind: "attention";
      readonly reason: Attention["reason"];
      readonly attempt: AttemptId;
      readonly operation: OperationId | null;
    }
  | { readonly kind: "attempt_in_doubt"; readonly attempt: AttemptId }
  | { readonly kind: "operation_in_doubt"; readonly operation: OperationId }
  | {
      readonly kind: "refund_failed";
      readonly operation: OperationId;
      readonly attempt: AttemptId;
      readonly isOfSums: boolean;
    }
  | { readonly kind: "capture_refused"; readonly operation: OperationId }
  | { readonly kind: "money_given_back"; readonly operation: OperationId; readonly reason: "late" | "duplicate" }
  | { readonly kind: "charge_stopped" }
);

/** All tasks of a payment. One that is `since` a later moment is none before that moment. */
export function tasksOf(payment: Payment): readonly PaymentTask[] {
  const attentions = attentionsOf(payment);
  const isKnown = (reason: Attention["reason"], id: AttemptId | OperationId) =>
    attentions.some((one) => one.reason === reason && (one.operation ?? one.attempt) === id);
  return [
    ...attentions.map(({ reason, attempt, operation, at }) => ({
      kind: "attention" as const,
      reason,
      attempt,
      operation,
      since: at,
    })),
    ...payment.attempts.filter(({ id }) => !isKnown("in_doubt", id)).flatMap(doubtOf),
    ...payment.operations
      .filter(({ id }) => !isKnown("not_taken", id))
      .flatMap((one) => tasksOfOperation(payment, one)),
    ...chargeStopped(payment),
  ];
}

function doubtOf({ id, inDoubt, doubtSince }: Attempt): PaymentTask[] {
  if (!inDoubt || doubtSince === null) return [];
  return [{ kind: "attempt_in_doubt", attempt: id, since: doubtSince + DOUBT_BEARABLE_FOR }];
}

function tasksOfOperation(payment: Payment, operation: Operation): PaymentTask[] {
  const { id, kind, status, reason } = operation;
  if (operation.status === "in_doubt") {
    return [{ kind: "operation_in_doubt", operation: id, since: operation.doubtSince + DOUBT_BEARABLE_FOR }];
  }
  if (status === "pending" && operation.personAskedAt !== null) {
    return [{ kind: "operation_in_doubt", operation: id, since: operation.personAskedAt }];
  }
  if (status === "succeeded" && (reason === "late" || reason === "duplicate")) {
    return [{ kind: "money_given_back", operation: id, reason, since: operation.createdAt }];
  }
  if (status !== "failed" || operation.againAt !== null) return [];
  // who settled what was asked for asks for it anew, or does not; what is to happen by itself is to happen still
  if (operation.settled !== null && reason === "requested") return [];
  if (kind === "refund" || !isInSums(operation)) return refundFailed(payment, operation);
  const isHeld = kind === "capture" && payment.status === "authorized" && capturable(payment) > 0;
  return isHeld ? [{ kind: "capture_refused", operation: id, since: operation.createdAt }] : [];
}

/** As long as there is anything to give back: whether another refund was meant to take its place, nobody can tell. */
function refundFailed(payment: Payment, { id, attempt, createdAt, reason }: Operation): PaymentTask[] {
  const isOfSums = reason === "requested";
  const of = payment.attempts.find((one) => one.id === attempt);
  const left = isOfSums ? refundable(payment) : of === undefined ? 0 : returnable(payment, of);
  return left > 0 ? [{ kind: "refund_failed", operation: id, attempt, isOfSums, since: createdAt }] : [];
}

/** A plan's payment that was refused, and is charged no more by itself. */
function chargeStopped(payment: Payment): PaymentTask[] {
  const { plan, status, charging, attempts, attention, createdAt } = payment;
  if (plan === null || status !== "open" || attention !== null || nextTryAt(payment) !== null) return [];
  if (attempts.length === 0 && !charging.isStopped) return [];
  return [{ kind: "charge_stopped", since: attempts.at(-1)?.endedAt ?? createdAt }];
}
