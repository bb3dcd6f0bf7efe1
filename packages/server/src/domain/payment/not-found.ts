import type { Given } from "../decision.ts";
import { failure } from "../failure.ts";
import type { AttemptId, OperationId } from "../identifiers.ts";
import { isLive } from "../methods/types.ts";
import type { Instant } from "../time.ts";
import { ABSENT_FOR, countedOnce, isProof, mayCount, SAME_MINUTE } from "./absence.ts";
import { type Attempt, isUnnamedCharge } from "./attempt.ts";
import type { Fact } from "./facts.ts";
import { askedOfAttempt } from "./hear.ts";
import { askedOfOperation } from "./operate.ts";
import { type Operation, UNKNOWN } from "./operation.ts";
import { failed } from "./owed.ts";
import type { Payment } from "./state.ts";

/** What was found beside the look-up that found nothing. */
export interface Beside {
  /** The call that was found: of the same kind, sent later, known to have been done. */
  readonly control: AttemptId | OperationId;
  /** When the first of these look-ups began. */
  readonly askedAt: Instant;
}

/** Whether SIBS is to be asked beside, because finding nothing of this operation now would count. */
export function operationMayCount({ status, isHeardOf, refusal, absence }: Operation, now: Instant): boolean {
  return status === "in_doubt" && !isHeardOf && refusal === null && mayCount(absence, ABSENT_FOR.operation, now);
}

/**
 * SIBS finds nothing by an operation's own id. Found missing often and long enough it never arrived: it has failed, and
 * its amount is free again. A refusal that was not believed at first is: SIBS knows of no sending that it could be the
 * answer to.
 */
export function hearNotFound(payment: Payment, id: OperationId, beside: Beside | null, given: Given): readonly Fact[] {
  const operation = payment.operations.find((one) => one.id === id);
  if (operation === undefined) return [];
  const { now: at } = given;
  const end = { transactionId: null, saidBy: "absence" } as const;
  if (operation.status === "in_doubt" && operation.refusal !== null) {
    return failed(payment, operation, { ...end, failure: operation.refusal }, given);
  }
  if (beside === null || !isFresh(beside, given) || !operationMayCount(operation, at)) {
    return askedOfOperation(operation, UNKNOWN, given);
  }
  const missing: Fact = { kind: "operation_not_found", at, operation: id, control: beside.control };
  const absence = countedOnce(operation.absence, at);
  if (!isProof(absence, ABSENT_FOR.operation)) return [missing];
  return [missing, ...failed(payment, operation, { ...end, absence, failure: failure("not_sent") }, given)];
}

/** Whether SIBS is to be asked beside, because finding nothing of this charge now would count. */
export function chargeMayCount(attempt: Attempt, now: Instant): boolean {
  const isLost = isUnnamedCharge(attempt) && isLive(attempt) && attempt.inDoubt && attempt.noticedAt === null;
  return isLost && mayCount(attempt.absence, ABSENT_FOR.charge, now);
}

/** SIBS finds nothing by the own id of a charge by the merchant: as of an operation, but for a day. */
export function hearChargeNotFound(
  payment: Payment,
  id: AttemptId,
  beside: Beside | null,
  given: Given,
): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined) return [];
  const { now: at } = given;
  if (beside === null || !isFresh(beside, given) || !chargeMayCount(attempt, at)) {
    return askedOfAttempt(payment, id, UNKNOWN, given);
  }
  const missing: Fact = { kind: "attempt_not_found", at, attempt: id, control: beside.control };
  const absence = countedOnce(attempt.absence, at);
  if (!isProof(absence, ABSENT_FOR.charge)) return [missing];
  const why = { status: "failed", failure: failure("not_sent"), saidBy: "absence", absence } as const;
  return [missing, { kind: "attempt_ended", at, attempt: id, ...why }];
}

function isFresh({ askedAt }: Beside, { now }: Given): boolean {
  return now - askedAt <= SAME_MINUTE;
}
