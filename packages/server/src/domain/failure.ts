/** Why an attempt or a refund did not succeed, and what is sensible next. */
export interface Failure {
  readonly reason: FailureReason;
  /** SIBS's own code, when it gave one. */
  readonly code: string | null;
  readonly message: string;
  readonly next: "try_again" | "other_phone" | "other_method" | "contact_us" | null;
}

export type FailureReason =
  | "declined_by_customer"
  | "not_answered"
  | "unknown_phone"
  | "invalid_phone"
  | "insufficient_funds"
  | "declined"
  | "authentication_failed"
  | "wrong_code"
  | "card_expired"
  | "card_refused"
  | "issuer_unavailable"
  | "technical"
  | "not_sent"
  | "reference_expired"
  | "left_for_another_method"
  | "settled_not_done"
  | "done_before"
  | "not_taken"
  | "capture_refused"
  | "cancellation_refused"
  | "refund_refused"
  | "already_refunded"
  | "card_no_longer_valid"
  | "mandate_refused"
  | "unknown_mandate";

/** Every reason there is. */
export const failureReasons = () => Object.keys(WORDS) as FailureReason[];

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
  authentication_failed: { message: "The customer's bank could not confirm that it was them.", next: "try_again" },
  wrong_code: { message: "The card's security code is wrong.", next: "try_again" },
  card_expired: { message: "The card has expired.", next: "other_method" },
  card_refused: { message: "The customer's bank refuses this card.", next: "other_method" },
  issuer_unavailable: { message: "The customer's bank cannot be reached.", next: "try_again" },
  technical: { message: "The payment failed for a technical reason; nothing was charged.", next: "try_again" },
  not_sent: { message: "The request did not reach SIBS; nothing was charged.", next: "try_again" },
  reference_expired: { message: "The reference ended without being paid.", next: "try_again" },
  left_for_another_method: { message: "The reference was withdrawn before it was paid.", next: "other_method" },
  settled_not_done: { message: "Somebody of yours settled that it did not happen.", next: "try_again" },
  done_before: {
    message: "It was not sent: an earlier one that counted as never sent turned out to be done.",
    next: "contact_us",
  },
  not_taken: { message: "SIBS did not take it, for a technical reason; nothing moved.", next: "try_again" },
  capture_refused: { message: "SIBS refused the capture.", next: "contact_us" },
  cancellation_refused: { message: "SIBS refused the cancellation.", next: "contact_us" },
  refund_refused: { message: "SIBS refused the refund.", next: "contact_us" },
  already_refunded: { message: "SIBS says that this payment was refunded already.", next: "contact_us" },
  card_no_longer_valid: {
    message: "The card behind the MB WAY payment is no longer valid: pay back by another way.",
    next: "contact_us",
  },
  mandate_refused: {
    message: "SIBS did not charge the authorised payment: it is not active, has ended, or its limit does not allow it.",
    next: "other_method",
  },
  unknown_mandate: { message: "SIBS knows no such authorised payment.", next: "other_method" },
};
