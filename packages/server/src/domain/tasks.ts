import type { Attempt } from "./attempt.ts";
import { answerIsOverdue } from "./attempts.ts";
import type { Given } from "./decision.ts";
import type { Refund } from "./operation.ts";
import { againIsDue, type Payment, wantedCancellation } from "./payment.ts";
import { refundIsOverdue } from "./refunds.ts";
import type { Instant } from "./time.ts";

/** Something that is to be done for a payment because its time has come. */
export type Task =
  | { readonly do: "expire_payment" }
  /** `seen`: how many attempts there were, so that whoever comes to this task second starts nothing. */
  | { readonly do: "start_again"; readonly phone: string; readonly seen: number }
  | { readonly do: "end_unsent"; readonly attempt: string }
  | { readonly do: "doubt_attempt"; readonly attempt: string }
  | { readonly do: "ask_attempt"; readonly attempt: string; readonly transactionId: string }
  | { readonly do: "withdraw_reference"; readonly attempt: string }
  | { readonly do: "send_refund"; readonly refund: string }
  | { readonly do: "doubt_refund"; readonly refund: string }
  | { readonly do: "ask_refund"; readonly refund: string };

/** Everything whose time has come, in the order in which it is done: what is asked may change what comes after it. */
export function tasksOf(payment: Payment, given: Given): readonly Task[] {
  return [
    ...payment.attempts.flatMap((attempt) => tasksOfAttempt(attempt, given)),
    ...payment.refunds.flatMap((refund) => tasksOfRefund(refund, given)),
    ...tasksOfPayment(payment, given),
  ];
}

const isDue = (at: Instant | null, given: Given): boolean => at !== null && at <= given.now;

function tasksOfAttempt(attempt: Attempt, given: Given): readonly Task[] {
  const { id, transactionId } = attempt;
  const tasks: Task[] = [];
  if (isDue(wantedCancellation(attempt), given)) tasks.push({ do: "withdraw_reference", attempt: id });
  if (!isDue(attempt.askAt, given)) return tasks;
  if (transactionId === null) return [...tasks, { do: "end_unsent", attempt: id }];
  if (answerIsOverdue(attempt, given)) tasks.push({ do: "doubt_attempt", attempt: id });
  return [...tasks, { do: "ask_attempt", attempt: id, transactionId }];
}

function tasksOfRefund(refund: Refund, given: Given): readonly Task[] {
  if (!isDue(refund.askAt, given)) return [];
  if (refund.sentAt === null) return [{ do: "send_refund", refund: refund.id }];
  const doubt: Task[] = refundIsOverdue(refund, given) ? [{ do: "doubt_refund", refund: refund.id }] : [];
  return [...doubt, { do: "ask_refund", refund: refund.id }];
}

function tasksOfPayment(payment: Payment, given: Given): readonly Task[] {
  const tasks: Task[] = [];
  if (payment.again !== null && againIsDue(payment)) {
    tasks.push({ do: "start_again", phone: payment.again.phone, seen: payment.attempts.length });
  }
  if (payment.status === "open" && isDue(payment.expiresAt, given)) tasks.push({ do: "expire_payment" });
  return tasks;
}
