import type { Decision, Given } from "../decision.ts";
import type { FailureReason } from "../failure.ts";
import { failure } from "../failure.ts";
import { ANSWER_LIMIT } from "../patience.ts";
import { followMandate } from "../plan/decisions.ts";
import { isMandateOver } from "../plan/state.ts";
import { applyMandate } from "./apply.ts";
import type { MandateFact } from "./facts.ts";
import { sendsAgainAt } from "./schedule.ts";
import { isAlive, type Mandate } from "./state.ts";

/** SIBS has the request: the customer is asked on the phone. */
export function nameMandate(
  mandate: Mandate,
  { transactionId, mandateId }: { readonly transactionId: string; readonly mandateId: string | null },
  { now: at }: Given,
): readonly MandateFact[] {
  const isKnown = mandate.transactionId !== null && (mandateId ?? mandate.mandateId) === mandate.mandateId;
  if (isKnown) return [];
  return [{ kind: "mandate_named", at, transactionId: mandate.transactionId ?? transactionId, mandateId }];
}

/** The answer to the request has been lost, or is late beyond reason: the phone may have been asked. */
export function doubtMandate(mandate: Mandate, { now: at }: Pick<Given, "now">): readonly MandateFact[] {
  const isUnanswered = mandate.status === "pending" && mandate.transactionId === null && !mandate.inDoubt;
  return isUnanswered ? [{ kind: "mandate_in_doubt", at }] : [];
}

/** Whether the answer to the request has been waited for long enough to call it lost. */
export function requestIsOverdue(mandate: Mandate, { now }: Given): boolean {
  return doubtMandate(mandate, { now }).length > 0 && now >= mandate.submittedAt + ANSWER_LIMIT;
}

/** SIBS refused the request outright: nobody was asked. */
export function refuseMandate(mandate: Mandate, code: string | null, given: Given): readonly MandateFact[] {
  if (mandate.status !== "pending") return [];
  const why = failure(REFUSED_OUTRIGHT[code ?? ""] ?? "not_taken", code);
  return withPlans(mandate, [{ kind: "mandate_refused", at: given.now, failure: why }], given);
}

const REFUSED_OUTRIGHT: Readonly<Record<string, FailureReason>> = {
  E0504: "invalid_phone",
  E0506: "unknown_phone",
};

/**
 * Ends a mandate for the shop, or for the customer on our page: from this moment on nothing is charged by it. At SIBS it is ended
 * afterwards; a request that waits on the phone cannot be called off, and is ended at SIBS should it be approved.
 */
export function cancelMandate(
  mandate: Mandate,
  { operation }: { readonly operation: string },
  given: Given,
): Decision<MandateFact> {
  if (mandate.status === "canceled") return [];
  if (isMandateOver(mandate)) return { refused: "mandate_over", status: mandate.status };
  const canceled: MandateFact = { kind: "mandate_canceled", at: given.now, operation };
  const sent: MandateFact[] = isAlive(mandate) ? [{ kind: "cancellation_sent", at: given.now, operation }] : [];
  return withPlans(mandate, [canceled, ...sent], given);
}

/** SIBS says of a mandate that we ended that it may still be charged: the call is sent, again if need be. */
export function sendCancellation({ cancellation }: Mandate, { now: at }: Given): readonly MandateFact[] {
  if (cancellation === null || at < sendsAgainAt(cancellation)) return [];
  return [{ kind: "cancellation_sent", at, operation: cancellation.operation }];
}

/** SIBS has ended the mandate, as we asked. */
export function finishCancellation({ cancellation }: Mandate, { now: at }: Given): readonly MandateFact[] {
  return cancellation === null || cancellation.doneAt !== null ? [] : [{ kind: "cancellation_done", at }];
}

/** Has SIBS asked at once, as after a refused charge. */
export function wantInquiry(mandate: Mandate, { now: at }: Given): readonly MandateFact[] {
  return isAlive(mandate) ? [{ kind: "inquiry_wanted", at }] : [];
}

/** Some facts of a mandate, with what its plans make of where they lead. */
export function withPlans(mandate: Mandate, facts: readonly MandateFact[], given: Given): readonly MandateFact[] {
  return [...facts, ...followMandate(facts.reduce(applyMandate, mandate), given)];
}
