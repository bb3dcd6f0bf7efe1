import type { Cents } from "@caravela/sibs/money";
import type { Attempt, Failure, FailureReason, PaymentReference, UnpaidEnd } from "./attempt.ts";
import { HOUR, type Instant, MINUTE } from "./time.ts";

/** What SIBS told us about a transaction, whoever told it: an answer or a status inquiry, brought to one shape. */
export interface Report {
  readonly source: "answer" | "inquiry";
  /** SIBS's `paymentStatus`, read whenever present, whatever the HTTP code or `returnStatus` beside it. */
  readonly paymentStatus: string;
  /** SIBS's `paymentType`; null in the answer of a method call, which does not carry it. */
  readonly paymentType: string | null;
  /** Null until SIBS has seen a method call on the transaction. */
  readonly paymentMethod: string | null;
  readonly amount: Cents | null;
  /** The operation's own code, e.g. `E0500`; null when SIBS gave none. */
  readonly code: string | null;
  readonly message: string | null;
  readonly reference: (PaymentReference & { readonly status: string }) | null;
}

/** What a report means for an attempt. */
export type Meaning =
  | { readonly kind: "approved"; readonly amount: Cents }
  | { readonly kind: "ended"; readonly status: UnpaidEnd; readonly failure: Failure }
  | { readonly kind: "pending"; readonly known: boolean }
  | { readonly kind: "not_arrived" }
  /** A success that may be one of ours, but does not say of what kind: ask at once. */
  | { readonly kind: "ask_again" }
  | { readonly kind: "nothing" };

const PENDING: Meaning = { kind: "pending", known: true };

/** The customer has four minutes to answer an MB WAY request (reference 4.3). */
export const ANSWER_WINDOW = 4 * MINUTE;

/** Says what SIBS's words mean for an attempt: the table "What SIBS says, and what it means", line by line. */
export function meaningOf(report: Report, attempt: Attempt, now: Instant): Meaning {
  switch (report.paymentStatus) {
    case "Success":
      return meaningOfSuccess(report, attempt);
    case "Pending":
    case "InProcessing":
      return meaningOfPending(report, attempt, now);
    case "Declined":
      return meaningOfDecline(report, attempt, now);
    case "Timeout":
      return ended("timed_out", report, "not_answered");
    case "Error":
      return ended("failed", report, "technical");
    case "Expired":
      return ended("expired", report, attempt.method === "multibanco" ? "reference_expired" : "not_answered");
    default:
      return { kind: "pending", known: false };
  }
}

function meaningOfSuccess(report: Report, attempt: Attempt): Meaning {
  const amount = report.amount ?? attempt.amount;
  // A cancelled reference is notified as a Success that paid nobody (reference §14, first row): only PAID is paid.
  if (attempt.method === "multibanco" || report.reference !== null || report.paymentType === "PREF") {
    return report.reference?.status === "PAID" ? { kind: "approved", amount } : { kind: "nothing" };
  }
  if (report.paymentType === "PURS") return { kind: "approved", amount };
  if (report.paymentType === null) return { kind: "ask_again" };
  return { kind: "nothing" };
}

function meaningOfPending(report: Report, attempt: Attempt, now: Instant): Meaning {
  if (report.reference?.status === "CANC") {
    return ended("canceled", report, "left_for_another_method");
  }
  if (attempt.reference !== null && report.reference?.status === "UNPAID") {
    if (now >= attempt.reference.expiresAt + HOUR) return ended("expired", report, "reference_expired");
  }
  const arrived = report.source === "answer" || report.paymentMethod !== null || report.reference !== null;
  return arrived ? PENDING : { kind: "not_arrived" };
}

// SIBS answers an unanswered request with the same code as a refusal: only the time that passed tells them apart.
const UNANSWERED_CODES: readonly (string | null)[] = ["E0500", "00.110.1601"];

function meaningOfDecline(report: Report, attempt: Attempt, now: Instant): Meaning {
  const fourMinutesPassed = attempt.submittedAt !== null && now >= attempt.submittedAt + ANSWER_WINDOW;
  if (fourMinutesPassed && UNANSWERED_CODES.includes(report.code)) return ended("timed_out", report, "not_answered");
  return ended("declined", report, DECLINE_REASONS[report.code ?? ""] ?? "declined");
}

const DECLINE_REASONS: Readonly<Record<string, FailureReason>> = {
  E0500: "declined_by_customer",
  "00.110.1601": "declined_by_customer",
  "10.106.0001": "declined_by_customer",
  "01.106.0004": "declined_by_customer",
  E0506: "unknown_phone",
  E0504: "invalid_phone",
  E0113: "insufficient_funds",
};

function ended(status: UnpaidEnd, report: Report, reason: FailureReason): Meaning {
  // 000 is the inquiry's own success, no code of what ended
  return { kind: "ended", status, failure: failure(reason, report.code === "000" ? null : report.code) };
}

/** A failure in words that a shop's developer can act on. The customer's page has its own, in their language. */
export function failure(reason: FailureReason, code: string | null = null): Failure {
  return { reason, code, ...WORDS[reason] };
}

const WORDS: Readonly<Record<FailureReason, Pick<Failure, "message" | "next">>> = {
  declined_by_customer: { message: "The customer refused the request in the MB WAY app.", next: "try_again" },
  not_answered: { message: "The customer did not answer the request in time.", next: "try_again" },
  unknown_phone: { message: "This phone number has no MB WAY.", next: "other_phone" },
  invalid_phone: { message: "SIBS does not accept this phone number.", next: "other_phone" },
  insufficient_funds: { message: "The customer's card has no funds for this amount.", next: "other_method" },
  declined: { message: "The payment was declined.", next: "other_method" },
  technical: { message: "The payment failed for a technical reason; nothing was charged.", next: "try_again" },
  not_sent: { message: "The request did not reach SIBS; nothing was charged.", next: "try_again" },
  reference_expired: { message: "The reference ended without being paid.", next: "try_again" },
  left_for_another_method: { message: "The reference was withdrawn before it was paid.", next: "other_method" },
  refund_refused: { message: "SIBS refused the refund.", next: "contact_us" },
  already_refunded: { message: "SIBS says that this payment was refunded already.", next: "contact_us" },
  card_no_longer_valid: {
    message: "The card behind the MB WAY payment is no longer valid: pay back by another way.",
    next: "contact_us",
  },
};
