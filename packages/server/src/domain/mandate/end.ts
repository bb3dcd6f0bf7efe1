import type { Decision, Given } from "../decision.ts";
import { type Failure, failure } from "../failure.ts";
import type { MandateCancellationId } from "../identifiers.ts";
import { PHONE_PACE } from "../patience.ts";
import { followStatus } from "../plan/end.ts";
import { isMandateOver } from "../plan/state.ts";
import type { MandateFact } from "./facts.ts";

import { afterMandate } from "./record.ts";
import { awaitsWordOfConsent, sendsAgainAt } from "./schedule.ts";
import { isAlive, type Mandate } from "./state.ts";

// How a mandate ends: nobody agreed to it, or the shop or the customer wants it no more. Whatever its status comes to,
// its plans follow.

/** Nobody agreed: the customer said no, or SIBS did. */
export function refuse(mandate: Mandate, why: Failure, given: Given): readonly MandateFact[] {
  return withPlans(mandate, [{ kind: "mandate_refused", at: given.now, failure: why }], given);
}

/**
 * A request that SIBS has, and of which it knows no consent after its time, has lapsed; where it had notified one, a
 * day later.
 */
export function lapseOverdue(mandate: Mandate, given: Given): readonly MandateFact[] {
  const isWaiting = mandate.status === "pending" && !mandate.inDoubt && mandate.transactionId !== null;
  if (awaitsWordOfConsent(mandate, given.now)) return [];
  return isWaiting && given.now >= mandate.submittedAt + PHONE_PACE.overAfter ? lapse(mandate, given) : [];
}

/** Nobody has answered. */
export function lapse(mandate: Mandate, given: Given): readonly MandateFact[] {
  return withPlans(mandate, [{ kind: "mandate_lapsed", at: given.now, failure: failure("not_answered") }], given);
}

/**
 * Ends a mandate for the shop, or for the customer on our page: from this moment on nothing is charged by it. At SIBS
 * it is ended afterwards; a request that waits on the phone cannot be called off, and is ended at SIBS should it be
 * approved.
 */
export function cancelMandate(
  mandate: Mandate,
  { operation }: { readonly operation: MandateCancellationId },
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

/** Some facts of a mandate, with what its plans make of where they lead. */
export function withPlans(mandate: Mandate, facts: readonly MandateFact[], given: Given): readonly MandateFact[] {
  return [...facts, ...followStatus(afterMandate(mandate, facts), given)];
}
