import type { Cents } from "@caravela/sibs/money";
import { SIBS } from "../by.ts";
import type { Given } from "../decision.ts";
import { failure } from "../failure.ts";
import type { AttemptId, OperationId } from "../identifiers.ts";
import { rulesOf } from "../methods/index.ts";
import { isLive } from "../methods/types.ts";
import type { Refusal } from "../refusal.ts";
import { approve, isStoodOn, knownOf, refute } from "./approve.ts";
import { type Attempt, isClaimed, isUnconfirmed, secondsLeft } from "./attempt.ts";
import type { Decision } from "./decision.ts";
import { after } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { hear } from "./hear.ts";
import { beyondLimit } from "./limit.ts";
import { type AskedRefund, hearOperation, requestedAndSent, resultOf } from "./operate.ts";
import { isUnderWay, type Operation, PREFIXES } from "./operation.ts";
import { type Meaning, meaningOf, type Report } from "./report.ts";
import type { AttemptResult, OperationResult } from "./settlement.ts";
import { type Payment, returnable } from "./state.ts";

// What a person ends where no rule may, and no inquiry can. SIBS was asked right before: a final word of its own is not
// contradicted.

interface Said {
  readonly note: string;
}

export interface SettleOperation extends Said {
  readonly operation: OperationId;
  readonly outcome: OperationResult;
  /** SIBS's transaction of it, where the person knows it. */
  readonly transactionId: string | null;
}

/**
 * Settles an operation of which nobody knows what became of it. `report`: what SIBS said right before; null: it knows
 * nothing of it.
 */
export function settleOperation(
  payment: Payment,
  { operation: id, outcome, note, transactionId }: SettleOperation,
  report: Report | null,
  given: Given,
): Decision {
  const operation = payment.operations.find((one) => one.id === id);
  if (operation === undefined || !(isSettleable(operation) || isEndedBySibs(operation))) {
    return { refused: "operation_not_in_doubt", status: operation?.status ?? "unknown" };
  }
  const said = report === null ? null : resultOf(report);
  if (report !== null && said !== null && said !== outcome) return { refused: "contradicted_by_sibs", report };
  const settled: Fact = { kind: "operation_settled", at: given.now, operation: id, outcome, note };
  if (isEndedBySibs(operation)) {
    const isSame = (operation.status === "succeeded") === (outcome === "done");
    return isSame ? [settled] : { refused: "operation_not_in_doubt", status: operation.status };
  }
  if (report !== null && said !== null) return [settled, ...bySibs(hearOperation(payment, id, report, given))];
  const of = { at: given.now, operation: id, transactionId, saidBy: "person" } as const;
  if (outcome === "done") return [settled, { kind: "operation_succeeded", ...of }];
  return [settled, { kind: "operation_failed", ...of, failure: failure("settled_not_done") }];
}

/**
 * Whether a person may say what became of an operation: its answer is lost, or SIBS has not taken it so far and it
 * waits to be sent again.
 */
function isSettleable(operation: Operation): boolean {
  if (operation.status === "in_doubt") return true;
  return isUnderWay(operation) && operation.sentAt === null && operation.notBefore !== null;
}

/**
 * Whether SIBS was quicker to say what became of an operation than the person who says it now: they agree, or the
 * person is contradicted.
 */
function isEndedBySibs({ status, settled, unprovedSince }: Operation): boolean {
  return (status === "succeeded" || status === "failed") && settled === null && unprovedSince === null;
}

export interface SettleAttempt extends Said {
  readonly attempt: AttemptId;
  readonly outcome: AttemptResult;
  /** What was paid, in cents: needed to settle it as approved. */
  readonly amount: Cents | null;
  /** SIBS's transaction, without which nothing could be refunded: needed where it is not known. */
  readonly transactionId: string | null;
}

/**
 * Settles an attempt of which nobody knows whether it was paid. `report`: what SIBS said right before; null: it knows
 * nothing of it.
 */
export function settleAttempt(payment: Payment, command: SettleAttempt, report: Report | null, given: Given): Decision {
  const attempt = payment.attempts.find((one) => one.id === command.attempt);
  if (attempt === undefined) return { refused: "attempt_over" };
  const refusal = whyNotSettled(payment, attempt, command, given);
  if (refusal !== null) {
    const isOver = refusal.refused === "attempt_over" && report !== null;
    return (isOver ? contradictionOf(attempt, command, report, given) : null) ?? refusal;
  }
  const { outcome, note } = command;
  const meaning = report === null ? null : meaningOf(report, attempt, given.now);
  if (report !== null && meaning !== null && contradicts(meaning, command)) {
    return { refused: "contradicted_by_sibs", report };
  }
  const settled: Fact = { kind: "attempt_settled", at: given.now, attempt: attempt.id, outcome, note };
  const facts = [settled, ...named(attempt, command, given)];
  if (attempt.status === "approved" && outcome === "not_paid")
    return [...facts, refute(attempt, refutation(meaning), given)];
  if (report !== null && isFinal(meaning) && !isUnread(meaning)) {
    const heard = [...facts, ...bySibs(hear(after(payment, facts), attempt.id, report, given))];
    if (hasCome(outcome, after(payment, heard), attempt.id)) return heard;
  }
  return [...facts, ...saidOf(payment, attempt, command, { report, given })];
}

/** Whether what SIBS says has brought about what the person says. */
function hasCome(outcome: AttemptResult, { attempts }: Payment, id: AttemptId): boolean {
  const attempt = attempts.find((one) => one.id === id);
  if (attempt === undefined || outcome === "approved") return attempt?.status === "approved";
  return attempt.status !== "approved" && !mayBePaid(attempt);
}

/** Whether an attempt stands in the way of another: it is live, or SIBS has notified that it was paid. */
function mayBePaid(attempt: Attempt): boolean {
  return isLive(attempt) || isClaimed(attempt);
}

function whyNotSettled(payment: Payment, attempt: Attempt, command: SettleAttempt, given: Given): Refusal | null {
  const { outcome, amount, transactionId } = command;
  if (isLive(attempt)) {
    if (!isUnconfirmed(attempt, given.now) && doubtToResolve(payment) !== attempt) {
      const left = secondsLeft(attempt, given.now) ?? 0;
      return { refused: "attempt_in_progress", attempt: attempt.id, secondsLeft: left };
    }
  } else if (!mayBeSettledAfterItsEnd(payment, attempt, outcome)) return { refused: "attempt_over" };
  if (attempt.transactionId !== null && transactionId !== null && attempt.transactionId !== transactionId) {
    return { refused: "other_transaction", transactionId: attempt.transactionId };
  }
  if (outcome === "not_paid") return null;
  const members = [
    ...(amount === null ? (["amount"] as const) : []),
    ...(attempt.transactionId === null && transactionId === null ? (["transactionId"] as const) : []),
  ];
  return members.length === 0 ? null : { refused: "settle_needs", members };
}

/**
 * What was sent and ended unpaid may be approved after all, and a notification that it was paid may be wrong; a success
 * that SIBS took back may be unpaid, as long as nothing was done with it.
 */
function mayBeSettledAfterItsEnd(payment: Payment, attempt: Attempt, outcome: AttemptResult): boolean {
  if (attempt.status !== "approved") {
    // one that we never sent ourselves may be there: a person has named its transaction, or SIBS has spoken of its
    // reference
    const { submittedAt, transactionId, reference } = attempt;
    const mayBeAtSibs = submittedAt !== null || transactionId !== null || reference !== null;
    return isClaimed(attempt) || (outcome === "approved" && mayBeAtSibs);
  }
  if (outcome === "approved") return attempt.taken?.amount === null;
  return attempt.takenBackAt !== null && !isStoodOn(payment, attempt);
}

function isFinal(meaning: Meaning | null): boolean {
  return meaning?.kind === "approved" || meaning?.kind === "ended";
}

/**
 * What SIBS said of an attempt that it had ended before the person spoke, where that is not what the person says; null:
 * nothing against it.
 */
function contradictionOf(attempt: Attempt, command: SettleAttempt, report: Report, given: Given): Refusal | null {
  const isOfSibs = attempt.settled === null && attempt.unprovedSince === null;
  const isAgainst = contradicts(meaningOf(report, attempt, given.now), command);
  return isOfSibs && isAgainst ? { refused: "contradicted_by_sibs", report } : null;
}

/** Whether SIBS says that it was paid, and not legibly how much. */
function isUnread(meaning: Meaning | null): boolean {
  return meaning?.kind === "approved" && meaning.amount === null;
}

function contradicts(meaning: Meaning, { outcome, amount }: SettleAttempt): boolean {
  if (meaning.kind === "ended") return outcome === "approved";
  return meaning.kind === "approved" && (outcome === "not_paid" || (meaning.amount ?? amount) !== amount);
}

function named(attempt: Attempt, { transactionId }: SettleAttempt, { now: at }: Given): readonly Fact[] {
  if (transactionId === null || attempt.transactionId !== null) return [];
  return [{ kind: "attempt_named", at, attempt: attempt.id, transactionId }];
}

function refutation(meaning: Meaning | null) {
  return meaning?.kind === "ended" ? meaning : ({ status: "failed", failure: failure("settled_not_done") } as const);
}

function saidOf(
  payment: Payment,
  attempt: Attempt,
  { outcome, amount }: SettleAttempt,
  { report, given }: { readonly report: Report | null; readonly given: Given },
): readonly Fact[] {
  const reference = report?.reference ?? null;
  if (outcome === "approved" && amount !== null) {
    const hold = isHold(payment, attempt, report);
    return approve(payment, attempt, { amount, hold, saidBy: "person" }, reference, given);
  }
  const of = { at: given.now, attempt: attempt.id, saidBy: "person" } as const;
  const hasEnded = !isLive(attempt) && attempt.status !== "prepared";
  if (hasEnded) return [{ kind: "attempt_notification_refuted", ...of, said: "not_paid" }];
  const isNew = attempt.reference === null && rulesOf(attempt.method).canBeCalledOff;
  const known = isNew ? knownOf(attempt, reference) : null;
  // a reference that SIBS holds to be payable is known from now on, so that it is withdrawn
  const found: Fact[] = known === null ? [] : [{ kind: "reference_found", ...of, reference: known }];
  return [{ kind: "attempt_ended", ...of, status: "failed", failure: failure("settled_not_done") }, ...found];
}

/**
 * Whether what was approved is held: as is known, as SIBS calls it, else as it was asked for. A saved card's charge by
 * the merchant is a hold first (reference 7.3).
 */
function isHold(payment: Payment, attempt: Attempt, report: Report | null): boolean {
  if (attempt.taken !== null) return attempt.taken.hold;
  if (report?.paymentType === "AUTH" || report?.paymentType === "MITR") return true;
  if (report?.paymentType === "PURS" || !rulesOf(attempt.method).canHold) return false;
  return payment.capture === "manual" || (attempt.token !== null && attempt.initiator === "merchant");
}

/**
 * Ends the attention that a payment needs: from now on it goes on as its state says, and may be paid anew where it is
 * unpaid. An attempt that is still in doubt counts as unpaid from now on, unless SIBS, asked right before, says what
 * became of it.
 */
export function resolveAttention(payment: Payment, { note }: Said, report: Report | null, given: Given): Decision {
  const { attention } = payment;
  if (attention === null) return { refused: "no_attention" };
  const resolved: Fact = { kind: "attention_resolved", at: given.now, note };
  // what has come in its place, a person has not seen
  const onlyIf = (now: Payment): readonly Fact[] => (now.attention === attention ? [resolved] : []);
  const attempt = doubtToResolve(payment);
  if (attempt === null) return [resolved];
  const heard = report === null ? [] : bySibs(hear(payment, attempt.id, report, given));
  const known = after(payment, heard);
  if (known.attention !== attention || doubtToResolve(known) === null) return [...heard, ...onlyIf(known)];
  const command = { attempt: attempt.id, outcome: "not_paid", note, amount: null, transactionId: null } as const;
  const settled = settleAttempt(payment, command, report, given);
  return "refused" in settled ? settled : [...settled, ...onlyIf(after(payment, settled))];
}

/** The attempt whose doubt needs a person and that would still stand in the way of a new one; null: none. */
export function doubtToResolve({ attention, attempts }: Payment): Attempt | null {
  if (attention?.reason !== "in_doubt") return null;
  return attempts.find((one) => one.id === attention.attempt && mayBePaid(one)) ?? null;
}

export type ReturnMoney = Omit<AskedRefund, "id"> & { readonly attempt: AttemptId };

/**
 * Gives back what an attempt took and no sum of the payment holds: never more than it took. What is only held is given
 * up.
 */
export function requestReturn(payment: Payment, command: ReturnMoney, given: Given): Decision {
  const { attempt: of, amount, stated = {} } = command;
  const attempt = payment.attempts.find((one) => one.id === of);
  if (attempt?.taken == null) return { refused: "nothing_to_return", why: "not_approved" };
  if (attempt.taken.amount === null) return { refused: "nothing_to_return", why: "amount_unknown" };
  if (payment.fundedBy === of) return { refused: "nothing_to_return", why: "in_sums" };
  const left = returnable(payment, attempt);
  if (left === 0 || (amount ?? left) > left) return { refused: "return_exceeds_taken", returnable: left };
  const operationKind = attempt.taken.hold ? "cancellation" : "refund";
  const beyond = operationKind === "refund" ? beyondLimit(payment, "refund", amount ?? left, command) : null;
  if (beyond !== null) return beyond;
  const operation = given.id(PREFIXES[operationKind]);
  const returned = { operation, operationKind, attempt: of, amount: amount ?? left, reason: "returned" } as const;
  return requestedAndSent(payment, { ...returned, ...stated }, given);
}

/** What SIBS, asked right before, said of itself. */
function bySibs(facts: readonly Fact[]): readonly Fact[] {
  return facts.map((fact) => ({ by: SIBS, ...fact }));
}
