import type { Cents } from "@caravela/sibs/money";
import type { Live } from "./erasing.ts";
import type { AttemptId, MandateId, TerminalId } from "./identifiers.ts";
import type { Limited } from "./limit.ts";

/** What SIBS said against a person's word, as far as the person is shown it. */
export interface SaidBySibs {
  readonly paymentStatus: string;
  readonly paymentType: string | null;
  readonly amount: Cents | "unreadable" | null;
  readonly transactionId: string | null;
  readonly code: string | null;
}

/** Why a command is not carried out: the state forbids it, or it is not possible. Nothing has changed. */
export type Refusal =
  | { readonly refused: "attempt_in_progress"; readonly attempt: AttemptId; readonly secondsLeft: number }
  | { readonly refused: "attempt_in_doubt"; readonly attempt: AttemptId }
  /** The terminal that it is of was taken out of the settings. */
  | { readonly refused: "terminal_not_served"; readonly terminal: TerminalId }
  | { readonly refused: "attempt_meanwhile" }
  | { readonly refused: "too_many_attempts" }
  | { readonly refused: "reference_must_be_withdrawn"; readonly attempt: AttemptId }
  | { readonly refused: "method_not_offered"; readonly method: string }
  /** The terminal's limits for this way to pay do not reach the amount. */
  | { readonly refused: "amount_beyond_method"; readonly least: Cents | null; readonly most: Cents | null }
  | { readonly refused: "payment_already_paid" }
  | { readonly refused: "payment_canceled" }
  | { readonly refused: "payment_expired" }
  | { readonly refused: "payment_needs_attention" }
  | { readonly refused: "method_cannot_hold"; readonly method: string }
  | { readonly refused: "nothing_to_capture" }
  | { readonly refused: "capture_exceeds_authorized"; readonly capturable: number }
  | { readonly refused: "nothing_to_cancel" }
  | { readonly refused: "cancellation_exceeds_authorized"; readonly capturable: number }
  | { readonly refused: "nothing_to_refund" }
  | { readonly refused: "refund_exceeds_captured"; readonly refundable: number }
  /** The key that it was asked with, or whoever asked, may not give back or capture so much. */
  | { readonly refused: `${Limited}_limit`; readonly of: "payment" | "day"; readonly left: number }
  /** Whoever asks must show first that it is they, for so much of a payment, or within a day. */
  | { readonly refused: "touch_required"; readonly of: "payment" | "day"; readonly above: number }
  /** So much goes back only once another person has approved it. */
  | { readonly refused: "second_person"; readonly amount: Cents }
  /** Whoever asked for a refund is not the second person. */
  | { readonly refused: "own_approval" }
  /** Whoever asked for a refund withdraws it, and nobody else. */
  | { readonly refused: "not_own_approval" }
  | { readonly refused: "approval_over"; readonly status: string }
  /** Whoever asked is at work no more, or may not ask it any more. */
  | { readonly refused: "requester_gone" }
  | { readonly refused: "nothing_to_return"; readonly why: "not_approved" | "in_sums" | "amount_unknown" }
  | { readonly refused: "return_exceeds_taken"; readonly returnable: number }
  | { readonly refused: "operation_not_in_doubt"; readonly status: string }
  | { readonly refused: "contradicted_by_sibs"; readonly report: SaidBySibs }
  | { readonly refused: "no_attention" }
  | { readonly refused: "settle_needs"; readonly members: readonly ("amount" | "transactionId")[] }
  | { readonly refused: "other_transaction"; readonly transactionId: string }
  /** A person names a transaction that is another's, as we know, or as SIBS says. */
  | { readonly refused: "anothers_transaction"; readonly says: "we" | "sibs" }
  | { readonly refused: "sibs_not_asked" }
  | { readonly refused: "customer_live"; readonly live: readonly Live[] }
  | { readonly refused: "customer_erased" }
  | { readonly refused: "attempt_over" }
  | { readonly refused: "card_forgotten" }
  | { readonly refused: "too_many_card_tries" }
  | { readonly refused: "phone_asked_too_often"; readonly secondsLeft: number }
  | { readonly refused: "mandate_over"; readonly status: string }
  | { readonly refused: "mandate_not_active"; readonly mandate: MandateId; readonly status: string }
  | { readonly refused: "mandate_not_periodic" }
  | { readonly refused: "plan_exceeds_limit"; readonly limit: number }
  | { readonly refused: "plan_after_mandate"; readonly validUntil: string }
  | { readonly refused: "too_many_plans"; readonly most: number }
  | { readonly refused: "plan_over"; readonly status: string }
  | { readonly refused: "charge_not_next"; readonly next: number };
