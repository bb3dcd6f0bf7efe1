import type { Cents } from "@caravela/sibs/money";
import { type Failure, type FailureReason, failure } from "../failure.ts";
import { rulesOf } from "../methods/index.ts";
import type { UnpaidEnd } from "../methods/types.ts";
import { ANSWER_WINDOW } from "../patience.ts";
import type { Instant } from "../time.ts";
import { type Action, type Attempt, type Authentication, isOwnCharge, type PaymentReference } from "./attempt.ts";

/** What SIBS told us about a transaction, whoever told it: an answer or a status inquiry, brought to one shape. */
export interface Report {
  readonly source: "answer" | "inquiry";
  /** The transaction that SIBS speaks of. */
  readonly transactionId: string | null;
  /** SIBS's `paymentStatus`, read whenever present, whatever the HTTP code or `returnStatus` beside it. */
  readonly paymentStatus: string;
  /** SIBS's `paymentType`; null in the answer of a method call, which does not carry it. */
  readonly paymentType: string | null;
  /** Null until SIBS has seen a method call on the transaction. */
  readonly paymentMethod: string | null;
  /** Null: SIBS did not say. `"unreadable"`: it said something that is no amount in euros, which counts as none. */
  readonly amount: Cents | "unreadable" | null;
  /** The operation's own code, e.g. `E0500`; null when SIBS gave none. */
  readonly code: string | null;
  readonly message: string | null;
  readonly reference: ReportedReference | null;
  /** What the browser must do before SIBS goes on; only in the answer of a card's call. */
  readonly action: Omit<Action, "expiresAt"> | null;
  readonly authentication: Authentication | null;
}

/** A reference as SIBS speaks of it; not every word about it says until when it is good. */
export interface ReportedReference extends Omit<PaymentReference, "expiresAt" | "amount"> {
  /** Null: SIBS said none that can be read. */
  readonly amount: Cents | null;
  readonly expiresAt: Instant | null;
  readonly status: string;
}

/** What a report means for an attempt. */
export type Meaning =
  | {
      readonly kind: "approved";
      /** Null: what SIBS said of it cannot be read. */
      readonly amount: Cents | null;
      /** Held, not taken: to be captured. */
      readonly hold: boolean;
    }
  | { readonly kind: "ended"; readonly status: UnpaidEnd; readonly failure: Failure }
  | { readonly kind: "pending"; readonly known: boolean }
  | { readonly kind: "action"; readonly action: Omit<Action, "expiresAt"> }
  | { readonly kind: "not_arrived" }
  /** A success that may be one of ours, but does not say of what kind: ask at once. */
  | { readonly kind: "ask_again" }
  | { readonly kind: "nothing" };

const PENDING: Meaning = { kind: "pending", known: true };

/** Says what SIBS's words mean for an attempt. */
export function meaningOf(report: Report, attempt: Attempt, now: Instant): Meaning {
  switch (report.paymentStatus) {
    case "Success":
      return meaningOfSuccess(report, attempt);
    case "Pending":
    case "InProcessing":
      return meaningOfPending(report, attempt, now);
    case "Partial":
      return meaningOfPartial(report, attempt);
    case "Declined":
      return meaningOfDecline(report, attempt, now);
    case "Timeout":
      return ended("timed_out", report, "not_answered");
    case "Error":
      return ended("failed", report, "technical");
    case "Expired":
      return ended("expired", report, isByReference(attempt) ? "reference_expired" : "not_answered");
    default:
      return { kind: "pending", known: false };
  }
}

function meaningOfSuccess(report: Report, attempt: Attempt): Meaning {
  const { reference, paymentType } = report;
  const moved = moneyOf({ paymentType, referenceStatus: reference?.status ?? null }, attempt);
  if (moved !== null) return { kind: "approved", amount: amountOf(report, attempt), hold: moved === "held" };
  const isOfReference = isByReference(attempt) || reference !== null;
  return paymentType === null && !isOfReference ? { kind: "ask_again" } : { kind: "nothing" };
}

/**
 * What was taken: as SIBS says, or what was asked where it says nothing; never that where it says something that cannot
 * be read.
 */
function amountOf({ amount }: Report, attempt: Attempt): Cents | null {
  return amount === "unreadable" ? null : (amount ?? attempt.amount);
}

/** What SIBS said succeeded, in a status or in a notification. */
export interface SaidOfSuccess {
  readonly paymentType: string | null;
  readonly referenceStatus: string | null;
}

/**
 * Whether a `Success` of an attempt says that money was taken, or is held; null: it says neither. One table, for
 * statuses and notifications.
 */
export function moneyOf({ paymentType, referenceStatus }: SaidOfSuccess, attempt: Attempt): "taken" | "held" | null {
  // A cancelled reference is notified as a Success that paid nobody (reference §14, first row): only PAID is paid.
  if (isByReference(attempt) || referenceStatus !== null || paymentType === "PREF") {
    return referenceStatus === "PAID" ? "taken" : null;
  }
  if (paymentType === "PURS") return "taken";
  // An MIT's success is a hold too, until it is captured on its own transaction (inferred, reference 7.3).
  return paymentType === "AUTH" || paymentType === "MITR" ? "held" : null;
}

function isByReference({ method }: Attempt): boolean {
  return rulesOf(method).isByReference === true;
}

/**
 * Words of a status by which a transaction that SIBS has looked at is unpaid yet. `InProcessing` is none: SIBS does not
 * know itself.
 */
export const SAYS_UNPAID: readonly string[] = ["Pending", "Partial"];

/** Whether SIBS's word says for good that no money moved. */
export function isFinalUnpaid({ paymentStatus }: Report): boolean {
  return ["Declined", "Timeout", "Error", "Expired"].includes(paymentStatus);
}

function meaningOfPending(report: Report, attempt: Attempt, now: Instant): Meaning {
  if (report.reference?.status === "CANC") {
    return ended("canceled", report, "left_for_another_method");
  }
  if (attempt.reference !== null && report.reference?.status === "UNPAID" && report.paymentStatus === "Pending") {
    const overdueAt = rulesOf(attempt.method).overdueAt(attempt);
    if (overdueAt !== null && now >= overdueAt) return ended("expired", report, "reference_expired");
  }
  return hasArrived(report, attempt) ? PENDING : { kind: "not_arrived" };
}

/**
 * Whether SIBS has the call: it says so by the method, or that it is at work on it. The transaction of a charge by the
 * merchant is made by the call itself; every other one is there since its checkout.
 */
function hasArrived({ source, paymentStatus, paymentMethod, reference }: Report, attempt: Attempt): boolean {
  if (source === "answer" || paymentStatus === "InProcessing" || isOwnCharge(attempt)) return true;
  return paymentMethod !== null || reference !== null;
}

/**
 * The browser has something to do. A status does not say what: where the answer that said it was lost, nobody can do
 * it. But the call may also be on its way still, and money move when it arrives: as long as for one that has not
 * arrived, nothing is concluded.
 */
function meaningOfPartial(report: Report, attempt: Attempt): Meaning {
  if (report.action !== null) return { kind: "action", action: report.action };
  return { kind: attempt.inDoubt ? "not_arrived" : "nothing" };
}

// SIBS answers an unanswered request with the same code as a refusal: only the time that passed tells them apart.
const UNANSWERED_CODES: readonly (string | null)[] = ["E0500", "00.110.1601"];

function meaningOfDecline(report: Report, attempt: Attempt, now: Instant): Meaning {
  const fourMinutesPassed = attempt.submittedAt !== null && now >= attempt.submittedAt + ANSWER_WINDOW;
  if (fourMinutesPassed && UNANSWERED_CODES.includes(report.code)) return ended("timed_out", report, "not_answered");
  return ended("declined", report, DECLINE_REASONS[report.code ?? ""] ?? "declined");
}

// The codes of card declines are in no text of SIBS that could be read: these are the local gateway's
// (docs/fidelity.md).
const CARD_DECLINES: Readonly<Record<string, FailureReason>> = {
  E0114: "card_refused",
  E0115: "card_expired",
  E0116: "wrong_code",
  E0117: "issuer_unavailable",
  E0118: "authentication_failed",
};

const DECLINE_REASONS: Readonly<Record<string, FailureReason>> = {
  E0500: "declined_by_customer",
  "00.110.1601": "declined_by_customer",
  "10.106.0001": "declined_by_customer",
  "01.106.0004": "declined_by_customer",
  E0506: "unknown_phone",
  E0504: "invalid_phone",
  E0113: "insufficient_funds",
  E0518: "mandate_refused",
  E0507: "unknown_mandate",
  ...CARD_DECLINES,
};

function ended(status: UnpaidEnd, report: Report, reason: FailureReason): Meaning {
  // 000 is the inquiry's own success, no code of what ended
  return { kind: "ended", status, failure: failure(reason, report.code === "000" ? null : report.code) };
}
