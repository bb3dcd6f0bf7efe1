import type { Cents } from "@caravela/sibs/money";
import { unasked } from "../asked.ts";
import type { Given } from "../decision.ts";
import type { Failure } from "../failure.ts";
import { failure } from "../failure.ts";
import type { OperationId } from "../identifiers.ts";
import { ANSWER_LIMIT, PERSON_AFTER } from "../patience.ts";
import { HOUR, type Instant, MINUTE } from "../time.ts";
import { attention } from "./attention.ts";
import type { Decision } from "./decision.ts";
import { after } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { broughtBy } from "./inquired.ts";
import { type Bounds, beyondLimit } from "./limit.ts";
import { isAskedByShop, isUnderWay, type Operation, type OperationKind, type Stated, UNKNOWN } from "./operation.ts";
import { failed } from "./owed.ts";
import type { Report } from "./report.ts";
import { isRepeated, stopped, toLookUpFirst } from "./resend.ts";
import type { OperationResult } from "./settlement.ts";
import { capturable, type Payment, refundable } from "./state.ts";

/** What the shop asks for: in full, that is all that is left, when no amount is given. */
export interface AskedOperation {
  readonly id: OperationId;
  readonly amount: Cents | null;
}

/** The same by somebody who may have so much of a payment captured. */
export type AskedCapture = AskedOperation & Bounds;

/** The same of a refund, by somebody who may give back so much of a payment, and what is said of it. */
export type AskedRefund = AskedOperation & Bounds & { readonly stated?: Partial<Stated> };

/** Decides a refund that the shop asked for. What is under way or in doubt counts as spent. */
export function requestRefund(payment: Payment, command: AskedRefund, given: Given): Decision {
  const left = refundable(payment);
  if (left === 0) return { refused: "nothing_to_refund" };
  const amount = command.amount ?? left;
  if (amount > left) return { refused: "refund_exceeds_captured", refundable: left };
  const beyond = beyondLimit(payment, "refund", amount, command);
  if (beyond !== null) return beyond;
  return requested(payment, "refund", command, left, given);
}

/** Decides a capture of what is held, in full or in part. */
export function requestCapture(payment: Payment, command: AskedCapture, given: Given): Decision {
  const left = capturable(payment);
  if (left === 0) return { refused: "nothing_to_capture" };
  const amount = command.amount ?? left;
  if (amount > left) return { refused: "capture_exceeds_authorized", capturable: left };
  const beyond = beyondLimit(payment, "capture", amount, command);
  if (beyond !== null) return beyond;
  return requested(payment, "capture", command, left, given);
}

/** Decides a cancellation of what is held and not captured, in full or in part. */
export function requestCancellation(payment: Payment, command: AskedOperation, given: Given): Decision {
  const left = capturable(payment);
  if (left === 0) return { refused: "nothing_to_cancel" };
  if ((command.amount ?? left) > left) return { refused: "cancellation_exceeds_authorized", capturable: left };
  return requested(payment, "cancellation", command, left, given);
}

function requested(
  payment: Payment,
  operationKind: OperationKind,
  { id: operation, amount, stated = {} }: AskedOperation & Pick<AskedRefund, "stated">,
  left: Cents,
  given: Given,
): readonly Fact[] {
  if (payment.fundedBy === null) throw new TypeError(`payment ${payment.id} has money of no attempt`);
  const wanted = { operation, operationKind, attempt: payment.fundedBy, amount: amount ?? left } as const;
  return requestedAndSent(payment, { ...wanted, reason: "requested", ...stated }, given);
}

/** Records an operation, and that it is about to be sent, unless SIBS must be asked first about an earlier one. */
export function requestedAndSent(
  payment: Payment,
  wanted: Omit<Extract<Fact, { kind: "operation_requested" }>, "kind" | "at">,
  given: Given,
): readonly Fact[] {
  const requested: Fact = { kind: "operation_requested", at: given.now, ...wanted };
  return [requested, ...sendOperation(after(payment, [requested]), wanted.operation, given)];
}

/**
 * Records, before the call, that an operation is about to be sent. None: it was sent already, and is never sent twice;
 * or SIBS must be asked first about an earlier one that counts as never sent.
 */
export function sendOperation(payment: Payment, id: OperationId, given: Given): readonly Fact[] {
  const operation = find(payment, id);
  if (operation?.status !== "pending" || operation.sentAt !== null) return [];
  if (toLookUpFirst(payment, operation, given.now).length > 0) return [];
  return [{ kind: "operation_sent", at: given.now, operation: id }];
}

/** Sends an operation, or puts it off where SIBS does not say what became of an earlier one. */
export function sendOrPutOff(payment: Payment, id: OperationId, given: Given): readonly Fact[] {
  const operation = find(payment, id);
  const mustWait = operation?.sentAt === null && toLookUpFirst(payment, operation, given.now).length > 0;
  return mustWait
    ? refuseOperation(payment, id, { code: null, unheard: true }, given)
    : sendOperation(payment, id, given);
}

/** The answer of an operation has been lost, or is late beyond reason. Its amount stays reserved. */
export function doubtOperation(payment: Payment, id: OperationId, given: Given): readonly Fact[] {
  const operation = find(payment, id);
  if (operation?.status !== "pending" || operation.sentAt === null) return [];
  return unasked<Fact>([{ kind: "operation_in_doubt", at: given.now, operation: id }]);
}

/** Whether an operation's answer has been waited for long enough to call it lost. */
export function operationIsOverdue(operation: Operation, given: Given): boolean {
  return operation.status === "pending" && operation.sentAt !== null && given.now >= operation.sentAt + ANSWER_LIMIT;
}

/** How SIBS's status of an operation's own transaction says that it ended; null: it does not say so. */
export function resultOf({ paymentStatus }: Pick<Report, "paymentStatus">): OperationResult | null {
  if (paymentStatus === "Success") return "done";
  return FINAL_REFUSALS.includes(paymentStatus) ? "not_done" : null;
}

const FINAL_REFUSALS: readonly string[] = ["Declined", "Error", "Timeout", "Expired"];

/**
 * Decides what SIBS's word about the operation's own transaction means. It wins over what a person or a conclusion of
 * ours said before.
 */
export function hearOperation(payment: Payment, id: OperationId, report: Report, given: Given): readonly Fact[] {
  const operation = find(payment, id);
  return operation === undefined ? [] : broughtBy(report, hearOf(payment, operation, report, given));
}

function hearOf(payment: Payment, operation: Operation, report: Report, given: Given): readonly Fact[] {
  const outcome = resultOf(report);
  if (!isUnderWay(operation)) return hearOfEnded(payment, operation, outcome, report, given);
  if (outcome === "not_done" && report.source === "answer" && isUnbelieved(payment, operation, report.code)) {
    return unbelieved(operation, whyRefused(operation, report), given);
  }
  if (outcome !== null) return endedBy(payment, operation, outcome, report, given);
  return doubtOperation(payment, operation.id, given).concat(askedOfOperation(operation, report.paymentStatus, given));
}

function endedBy(
  payment: Payment,
  operation: Operation,
  outcome: OperationResult,
  report: Report,
  given: Given,
): readonly Fact[] {
  const { transactionId } = report;
  if (outcome === "done") {
    return [{ kind: "operation_succeeded", at: given.now, operation: operation.id, transactionId }];
  }
  return failed(payment, operation, { failure: whyRefused(operation, report), transactionId }, given);
}

/** SIBS speaks of an operation that counts as ended: it says the same, or the opposite, and then a person must know. */
function hearOfEnded(
  payment: Payment,
  operation: Operation,
  outcome: OperationResult | null,
  report: Report,
  given: Given,
): readonly Fact[] {
  const { id, attempt, status, unprovedSince } = operation;
  const isDone = status === "succeeded";
  const isSame = outcome === (isDone ? "done" : "not_done");
  if (isSame && unprovedSince !== null) {
    return [{ kind: "operation_proved", at: given.now, operation: id, transactionId: report.transactionId }];
  }
  // What SIBS itself said to be done stays: it is looked at again by no schedule, and only a person's word is
  // corrected.
  if (outcome === null || isSame || (isDone && unprovedSince === null)) {
    const isAsked = operation.askAt !== null || unprovedSince !== null;
    return isAsked ? askedOfOperation(operation, report.paymentStatus, given) : [];
  }
  return [
    ...endedBy(payment, operation, outcome, report, given),
    attention({ attempt, operation: id }, "proved_after_all", given),
    ...(outcome === "done" ? stopped(payment, operation, given) : []),
  ];
}

/**
 * Whether SIBS's refusal may be its answer to an earlier sending of ours: then SIBS is asked by our own id before it is
 * believed.
 */
function isUnbelieved(payment: Payment, operation: Operation, code: string | null): boolean {
  return REFUND_REASONS[code ?? ""] === "already_refunded" || isRepeated(payment, operation);
}

function unbelieved(operation: Operation, refusal: Failure, { now: at }: Given): readonly Fact[] {
  return [{ kind: "operation_in_doubt", at, operation: operation.id, refusal }];
}

/**
 * How long an operation that nobody but us asked for waits before it is sent again: a minute at first, then as long as
 * it has been tried for already, six hours at most.
 */
function nextWait({ createdAt }: Operation, now: Instant): number {
  return Math.min(Math.max(now - createdAt, MINUTE), 6 * HOUR);
}

/**
 * The operation was not taken: refused outright, or never looked at because SIBS was not to be reached. Nothing moved.
 * What the shop asked for fails, and the shop decides; what is made by itself (money that came late or twice goes back)
 * is sent again until it is taken.
 */
export function refuseOperation(
  payment: Payment,
  id: OperationId,
  { code, unheard }: { readonly code: string | null; readonly unheard: boolean },
  given: Given,
): readonly Fact[] {
  const operation = find(payment, id);
  if (operation === undefined || !isUnderWay(operation)) return [];
  if (unheard && !isAskedByShop(operation)) return postponed(operation, given);
  const why = failure(unheard ? "not_taken" : reasonOf(operation, code), code);
  if (!unheard && isUnbelieved(payment, operation, code)) return unbelieved(operation, why, given);
  return failed(payment, operation, { failure: why, transactionId: null }, given);
}

/** After a day of being sent in vain a person is asked, once; it is sent on all the same. */
function postponed(operation: Operation, { now: at }: Given): readonly Fact[] {
  const { id, createdAt, personAskedAt } = operation;
  const postponed: Fact = { kind: "operation_postponed", at, operation: id, until: at + nextWait(operation, at) };
  if (personAskedAt !== null || at < createdAt + PERSON_AFTER) return [postponed];
  return [postponed, { kind: "operation_needs_person", at, operation: id }];
}

/** An inquiry about an operation that concluded nothing; after a day of it a person is asked, once. */
export function hearNothingOfOperation(payment: Payment, id: OperationId, said: string, given: Given): readonly Fact[] {
  const operation = find(payment, id);
  return operation === undefined ? [] : askedOfOperation(operation, said, given);
}

/**
 * An inquiry about an operation that concluded nothing, as it is written down; after a day of it a person is asked,
 * once.
 */
export function askedOfOperation(operation: Operation, said: string, given: Given): readonly Fact[] {
  // SIBS has, and has not finished, what counted as never sent: it may be done yet. A person who settled it knows
  // better
  const freesAnother = said === UNKNOWN || operation.settled !== null;
  const asked: Fact = { kind: "operation_asked", at: given.now, operation: operation.id, said, freesAnother };
  const since = operation.doubtSince;
  const isAskedOfPerson = !isUnderWay(operation) || operation.personAskedAt !== null;
  if (since === null || isAskedOfPerson || given.now < since + PERSON_AFTER) return [asked];
  return [asked, { kind: "operation_needs_person", at: given.now, operation: operation.id }];
}

/**
 * What a notification tells of an operation: SIBS's transaction of it, where it names that beside the operation's own
 * id.
 */
export interface OperationNotification {
  readonly notification: string;
  readonly transactionId: string | null;
}

/** A notification about an operation: it makes the inquiry due now. */
export function notifiedOfOperation(
  payment: Payment,
  id: OperationId,
  notice: OperationNotification,
  given: Given,
): readonly Fact[] {
  const operation = find(payment, id);
  if (operation === undefined || !mayStillBeHeard(operation)) return [];
  return [{ kind: "operation_notified", at: given.now, operation: id, ...notice }];
}

/**
 * Whether SIBS's word about an operation can still change something: it is under way, or failed, or a person said that
 * it was done.
 */
function mayStillBeHeard(operation: Operation): boolean {
  return operation.status !== "succeeded" || operation.unprovedSince !== null;
}

function find(payment: Payment, id: OperationId): Operation | undefined {
  return payment.operations.find((one) => one.id === id);
}

function whyRefused(operation: Operation, report: Report): Failure {
  const isDecline = report.paymentStatus === "Declined";
  return failure(isDecline ? reasonOf(operation, report.code) : "not_taken", report.code);
}

function reasonOf({ kind }: Operation, code: string | null): Failure["reason"] {
  if (kind === "refund") return REFUND_REASONS[code ?? ""] ?? "refund_refused";
  return kind === "capture" ? "capture_refused" : "cancellation_refused";
}

const REFUND_REASONS: Readonly<Record<string, Failure["reason"]>> = {
  E0531: "card_no_longer_valid",
  E0528: "already_refunded",
};
