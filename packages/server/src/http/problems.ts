import { Problem } from "@caravela/platform/problems";
import type { Refusal } from "../domain/refusal.ts";

/** One kind of problem that the API answers with: its HTTP status and its title. */
interface Kind {
  readonly status: number;
  readonly title: string;
}

/**
 * Every problem of the API that is not of HTTP itself (those are `httpProblems`), by the code that stands at the end of its `type`.
 * Each has an entry in `docs/problems.md`.
 */
export const PROBLEMS = {
  idempotency_key_missing: { status: 400, title: "The Idempotency-Key header is missing or too long." },
  notification_unreadable: { status: 400, title: "The notification cannot be opened." },
  unauthorized: { status: 401, title: "The API key is missing or wrong." },
  not_found: { status: 404, title: "There is nothing at this address." },
  attempt_in_progress: { status: 409, title: "Another attempt is under way." },
  attempt_in_doubt: { status: 409, title: "It is not yet known whether an earlier attempt was paid." },
  payment_already_paid: { status: 409, title: "The payment is already paid." },
  payment_canceled: { status: 409, title: "The payment is canceled." },
  payment_expired: { status: 409, title: "The payment has expired." },
  payment_needs_attention: { status: 409, title: "The payment needs a person's attention." },
  too_many_attempts: { status: 409, title: "There were too many attempts to pay this payment." },
  attempt_over: { status: 409, title: "The attempt is over." },
  idempotency_in_flight: { status: 409, title: "The first request with this key is still being carried out." },
  idempotency_key_reused: { status: 422, title: "This key was used with another request." },
  method_not_served: { status: 422, title: "This way to pay is not served." },
  method_not_offered: { status: 422, title: "This payment does not offer this way to pay." },
  not_served: { status: 422, title: "This is not served." },
  not_possible: { status: 422, title: "The request is not possible." },
  card_not_valid: { status: 422, title: "The card cannot be used as it was given." },
  too_many_card_tries: { status: 429, title: "There were too many tries to pay by card." },
  customer_missing: { status: 422, title: "SIBS must know whose card it is." },
  unknown_token: { status: 422, title: "There is no such saved card." },
  method_cannot_hold: { status: 422, title: "This way to pay cannot hold money first." },
  nothing_to_capture: { status: 422, title: "There is nothing to capture." },
  capture_exceeds_authorized: { status: 422, title: "The capture exceeds what is held." },
  capture_refused: { status: 422, title: "SIBS refused the capture." },
  nothing_to_cancel: { status: 422, title: "There is nothing to cancel." },
  cancellation_exceeds_authorized: { status: 422, title: "The cancellation exceeds what is held." },
  cancellation_refused: { status: 422, title: "SIBS refused the cancellation." },
  nothing_to_refund: { status: 422, title: "There is nothing to refund." },
  refund_exceeds_captured: { status: 422, title: "The refund exceeds what was captured." },
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface ProblemDetails {
  readonly field?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the answer, for instance `secondsLeft`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** A problem to throw: what happened and what to do next, in a sentence; the field at fault where there is one. */
export function problem(code: ProblemCode, detail: string, details: ProblemDetails = {}): Problem {
  const { status, title } = PROBLEMS[code];
  return new Problem({
    code,
    status,
    title,
    detail,
    errors: details.field === undefined ? [] : [{ field: details.field, message: detail }],
    headers: details.headers,
    members: details.members,
  });
}

/** What a refused command is to the caller. */
export function problemOf(refusal: Refusal): Problem {
  switch (refusal.refused) {
    case "attempt_in_progress":
      return problem("attempt_in_progress", "Wait until it ends; it cannot be called off.", {
        members: { attempt: refusal.attempt, secondsLeft: refusal.secondsLeft },
      });
    case "attempt_in_doubt":
      return problem("attempt_in_doubt", "SIBS is being asked; try again when the attempt has ended.", {
        members: { attempt: refusal.attempt },
      });
    case "reference_must_be_withdrawn":
    case "attempt_meanwhile":
      return problem("attempt_in_progress", "Another request was quicker; read the payment and decide again.");
    case "too_many_attempts":
      return problem("too_many_attempts", "Make a new payment.");
    case "method_not_offered":
      return problem("method_not_offered", "Use one of the payment's methods.", { field: "/method" });
    case "payment_already_paid":
      return problem("payment_already_paid", "Nothing more is needed; to give money back, refund it.");
    case "payment_canceled":
      return problem("payment_canceled", "Make a new payment.");
    case "payment_expired":
      return problem("payment_expired", "Make a new payment.");
    case "payment_needs_attention":
      return problem("payment_needs_attention", "Compare it with SIBS Backoffice before anything else is charged.");
    case "method_cannot_hold":
      return problem("method_cannot_hold", "Use another method, or a payment captured automatically.", {
        field: "/method",
      });
    case "nothing_to_capture":
      return problem("nothing_to_capture", "Nothing is held, or all of it is captured, given up, or about to be.");
    case "capture_exceeds_authorized":
      return problem("capture_exceeds_authorized", `At most ${refusal.capturable} cents can still be captured.`, {
        field: "/amount",
      });
    case "nothing_to_cancel":
      return problem("nothing_to_cancel", "Nothing is held any more; what was captured can be refunded.");
    case "cancellation_exceeds_authorized":
      return problem("cancellation_exceeds_authorized", `At most ${refusal.capturable} cents are still held.`, {
        field: "/amount",
      });
    case "nothing_to_refund":
      return problem("nothing_to_refund", "Nothing was captured, or all of it is refunded or being refunded.");
    case "refund_exceeds_captured":
      return problem("refund_exceeds_captured", `At most ${refusal.refundable} cents can still be refunded.`, {
        field: "/amount",
      });
    case "attempt_over":
      return problem("attempt_over", "Read the payment, and start a new attempt if it is unpaid.");
  }
}
