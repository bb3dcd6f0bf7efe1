import type { Given } from "../decision.ts";
import type { AttemptId, MandateId, OperationId, PlanId } from "../identifiers.ts";
import type { Instant } from "../time.ts";
import { earliest, MINUTE } from "../time.ts";
import { type Attempt, isClaimed } from "./attempt.ts";
import { answerIsOverdue } from "./begin.ts";
import { expiryToldAt } from "./expiring.ts";
import { operationIsOverdue } from "./operate.ts";
import { isUnderWay, type Operation } from "./operation.ts";
import { owedAt } from "./owed.ts";
import { nextTryAt, tryIsDue } from "./plan-charges.ts";
import type { Payment, Wish } from "./state.ts";
import { wishDueAt } from "./wish.ts";
import { withdrawalDueAt } from "./withdraw.ts";

/** Something that is to be done for a payment because its time has come. */
export type Task =
  | { readonly do: "expire_payment" }
  | { readonly do: "give_up_charge" }
  /** What the customer wants is begun; whoever comes to this task second starts nothing. */
  | { readonly do: "begin_wish"; readonly wish: Wish }
  /**
   * A plan's payment charges its mandate. `seen`: how many attempts there were, so that whoever comes to this task
   * second starts nothing.
   */
  | { readonly do: "charge_mandate"; readonly mandate: MandateId; readonly plan: PlanId; readonly seen: number }
  | { readonly do: "end_unsent"; readonly attempt: AttemptId }
  | { readonly do: "doubt_attempt"; readonly attempt: AttemptId }
  | {
      readonly do: "continue_attempt";
      readonly attempt: AttemptId;
      readonly action: string;
      readonly executed: boolean;
    }
  | { readonly do: "ask_attempt"; readonly attempt: AttemptId; readonly transactionId: string | null }
  | { readonly do: "withdraw_reference"; readonly attempt: AttemptId }
  | { readonly do: "request_owed"; readonly attempt: AttemptId }
  | { readonly do: "tell_expiry"; readonly attempt: AttemptId }
  | { readonly do: "send_operation"; readonly operation: OperationId }
  | { readonly do: "doubt_operation"; readonly operation: OperationId }
  | { readonly do: "ask_operation"; readonly operation: OperationId };

/** Everything whose time has come, in the order in which it is done: what is asked may change what comes after it. */
export function tasksOf(payment: Payment, given: Given): readonly Task[] {
  return [
    ...payment.attempts.flatMap((attempt) => tasksOfAttempt(payment, attempt, given)),
    ...payment.operations.flatMap((operation) => tasksOfOperation(operation, given)),
    ...tasksOfPayment(payment, given),
  ];
}

const isDue = (at: Instant | null, given: Given): boolean => at !== null && at <= given.now;

function tasksOfAttempt(payment: Payment, attempt: Attempt, given: Given): readonly Task[] {
  const { id, transactionId } = attempt;
  const tasks: Task[] = [];
  if (isDue(withdrawalDueAt(payment, attempt), given)) tasks.push({ do: "withdraw_reference", attempt: id });
  if (isDue(owedAt(payment, attempt), given)) tasks.push({ do: "request_owed", attempt: id });
  if (isDue(expiryToldAt(payment, attempt), given)) tasks.push({ do: "tell_expiry", attempt: id });
  if (!isDue(attempt.askAt, given)) return tasks;
  if (attempt.status === "prepared" && !isClaimed(attempt)) return [...tasks, { do: "end_unsent", attempt: id }];
  if (attempt.action !== null && isDue(attempt.action.expiresAt, given)) {
    // The hidden frame did not answer; a challenge may have been passed all the same, and SIBS knows.
    const executed = attempt.action.type === "3ds_challenge";
    return [...tasks, { do: "continue_attempt", attempt: id, action: attempt.action.id, executed }];
  }
  if (answerIsOverdue(attempt, given)) tasks.push({ do: "doubt_attempt", attempt: id });
  return [...tasks, { do: "ask_attempt", attempt: id, transactionId }];
}

function tasksOfOperation(operation: Operation, given: Given): readonly Task[] {
  if (!isDue(operation.askAt, given)) return [];
  const { id } = operation;
  if (isUnderWay(operation) && operation.sentAt === null) return [{ do: "send_operation", operation: id }];
  const doubt: Task[] = operationIsOverdue(operation, given) ? [{ do: "doubt_operation", operation: id }] : [];
  return [...doubt, { do: "ask_operation", operation: id }];
}

function tasksOfPayment(payment: Payment, given: Given): readonly Task[] {
  const tasks: Task[] = [];
  const { mandate, plan, attempts, wish } = payment;
  if (wish !== null && isDue(wishDueAt(payment), given)) tasks.push({ do: "begin_wish", wish });
  if (mandate !== null && plan !== null && tryIsDue(payment, given)) {
    tasks.push({ do: "charge_mandate", mandate, plan: plan.id, seen: attempts.length });
  }
  if (isDue(chargeGivenUpAt(payment), given)) tasks.push({ do: "give_up_charge" });
  if (payment.status === "open" && isDue(payment.expiresAt, given)) tasks.push({ do: "expire_payment" });
  return tasks;
}

/** When somebody has to look at this payment next: the earliest of all its timers. Null: nothing is expected of it. */
export function nextDue(payment: Payment): Instant | null {
  return earliest(...timersOf(payment));
}

/** All moments at which somebody has to look at this payment; null: one that is not set. */
export function timersOf(payment: Payment): readonly (Instant | null)[] {
  return [
    payment.status === "open" ? payment.expiresAt : null,
    chargeGivenUpAt(payment),
    nextTryAt(payment),
    wishDueAt(payment),
    ...payment.attempts.map((attempt) => attempt.askAt),
    ...payment.attempts.map((attempt) => withdrawalDueAt(payment, attempt)),
    ...payment.attempts.map((attempt) => owedAt(payment, attempt)),
    ...payment.attempts.map((attempt) => expiryToldAt(payment, attempt)),
    ...payment.operations.map((operation) => operation.askAt),
  ];
}

/** How long a charge of a saved card by the merchant may be open: it is made at once or not at all. */
const CHARGE_LIMIT = MINUTE;

/**
 * When a charge of a saved card by the merchant that is not under way is given up: nobody else can start one, whether
 * it was refused or its server died before it was sent. Null: it is under way, or over, or no such charge. A plan's
 * payment tries again instead.
 */
export function chargeGivenUpAt(payment: Payment): Instant | null {
  const isCharge = payment.initiator === "merchant" && payment.plan === null;
  return isCharge && payment.status === "open" ? payment.createdAt + CHARGE_LIMIT : null;
}
