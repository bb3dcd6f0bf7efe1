import type { Cents } from "@caravela/sibs/money";
import type { Given } from "../decision.ts";
import { failure } from "../failure.ts";
import type { Attempt, PaymentReference } from "./attempt.ts";
import { attention } from "./attention.ts";
import { after } from "./decision.ts";
import type { Fact, UseOfMoney } from "./facts.ts";
import { countsAgainstBounds, type OperationKind, type OperationReason, PREFIXES } from "./operation.ts";
import type { Meaning, Report, ReportedReference } from "./report.ts";
import type { SaidBy } from "./settlement.ts";
import type { Payment } from "./state.ts";

/** SIBS itself says what a person had settled; none: nothing was. */
export function confirmed(
  { id, unprovedSince }: Attempt,
  { now: at }: Given,
  amount: Cents | null = null,
): readonly Fact[] {
  return unprovedSince === null ? [] : [{ kind: "attempt_proved", at, attempt: id, amount }];
}

/** An approval, by SIBS's word or by a person's, with all that follows from it: money is money. */
export function approve(
  payment: Payment,
  attempt: Attempt,
  { amount, hold, saidBy }: { readonly amount: Cents | null; readonly hold: boolean; readonly saidBy?: SaidBy },
  reference: ReportedReference | null,
  given: Given,
): readonly Fact[] {
  const use = useOf(payment, amount);
  const approved: Fact = {
    kind: "attempt_approved",
    at: given.now,
    attempt: attempt.id,
    ...use,
    hold,
    reference: knownOf(attempt, reference),
    ...(attempt.noticedAt === null && attempt.paidNoticeAt === null && { unannounced: true }),
    ...(saidBy !== undefined && { saidBy }),
  };
  return [approved, ...afterApproval(payment, attempt, use, hold, given)];
}

/** What the money of a success is for. */
export function useOf(payment: Payment, amount: Cents | null): UseOfMoney {
  if (amount === null || amount !== payment.amount) return { for: "other_amount", amount };
  if (payment.amountAuthorized > 0) return { for: "duplicate", amount };
  const isOver = payment.status === "canceled" || payment.status === "expired";
  return { for: isOver && payment.latePayments !== "accept" ? "late" : "payment", amount };
}

/**
 * What is made of a success at once: a hold that is to be captured by itself is; what is late or double goes back;
 * another amount is for a person.
 */
function afterApproval(
  payment: Payment,
  { id: attempt }: Attempt,
  use: UseOfMoney,
  hold: boolean,
  given: Given,
): readonly Fact[] {
  if (use.for === "other_amount") return [attention({ attempt }, "amount_differs", given)];
  const { amount } = use;
  const ask = (operationKind: OperationKind, reason: OperationReason): Fact => {
    const operation = given.id(PREFIXES[operationKind]);
    return { kind: "operation_requested", at: given.now, operation, operationKind, attempt, amount, reason };
  };
  if (use.for === "payment") return hold && payment.capture === "automatic" ? [ask("capture", "automatic")] : [];
  return [ask(hold ? "cancellation" : "refund", use.for)];
}

/**
 * SIBS speaks of an attempt that counts as approved. What a person alone had said is corrected; a success of SIBS's own
 * that it later takes back is for a person to settle, and so is what cannot be corrected because money went back or is
 * captured already; said once.
 */
export function aboutApproved(
  payment: Payment,
  attempt: Attempt,
  meaning: Meaning,
  report: Report,
  given: Given,
): readonly Fact[] {
  const isUnproved = attempt.unprovedSince !== null;
  if (meaning.kind === "approved" && meaning.amount !== null && attempt.taken?.amount === null) {
    return approve(payment, attempt, meaning, report.reference, given);
  }
  // what a person read there, and SIBS does not say legibly, is not contradicted by it
  if (meaning.kind === "approved" && meaning.amount === null) return [];
  if (meaning.kind === "approved" && isUnproved) {
    const isSame = meaning.amount === attempt.taken?.amount;
    if (isSame) return confirmed(attempt, given, meaning.amount);
    if (isStoodOn(payment, attempt)) {
      const amount = payment.fundedBy === attempt.id ? null : meaning.amount;
      return [...confirmed(attempt, given, amount), attention({ attempt: attempt.id }, "proved_after_all", given)];
    }
    const refuted = refute(attempt, { status: "failed", failure: failure("technical") }, given);
    return [refuted, ...approve(after(payment, [refuted]), attempt, meaning, report.reference, given)];
  }
  if (meaning.kind !== "ended") return [];
  if (isUnproved && !isStoodOn(payment, attempt)) return [refute(attempt, meaning, given)];
  return attempt.takenBackAt !== null ? [] : [attention({ attempt: attempt.id }, "taken_back", given)];
}

/**
 * Whether anything was done with the money of an attempt, or may have been: then its approval cannot be taken out any
 * more.
 */
export function isStoodOn({ operations }: Payment, { id }: Attempt): boolean {
  return operations.some((one) => one.attempt === id && countsAgainstBounds(one));
}

/** What counted as approved was not paid. */
export function refute(
  { id }: Attempt,
  { status, failure }: Pick<Extract<Meaning, { kind: "ended" }>, "status" | "failure">,
  { now: at }: Given,
): Fact {
  return { kind: "attempt_refuted", at, attempt: id, status, failure };
}

/** The reference as it is kept; null when nothing more is known of it than before. */
export function knownOf(attempt: Attempt, reported: ReportedReference | null): PaymentReference | null {
  if (reported === null) return null;
  const { entity, reference, amount } = reported;
  const expiresAt = reported.expiresAt ?? attempt.expiresAt;
  // One whose amount cannot be read is shown to nobody.
  return expiresAt === null || amount === null ? null : { entity, reference, amount, expiresAt };
}
