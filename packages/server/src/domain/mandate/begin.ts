import { unasked } from "../asked.ts";
import type { Given } from "../decision.ts";
import { type FailureReason, failure } from "../failure.ts";
import { ANSWER_LIMIT, ANSWER_WINDOW } from "../patience.ts";
import { refuse } from "./end.ts";
import type { MandateFact } from "./facts.ts";
import type { Mandate, NewMandate } from "./state.ts";

/**
 * A mandate is asked for: recorded as sent before the request leaves. The customer has as long as for a purchase
 * (inferred: reference 6 does not say).
 */
export function createMandate(mandate: NewMandate, { now: at }: Pick<Given, "now">): MandateFact {
  return { kind: "mandate_created", at, mandate, expiresAt: at + ANSWER_WINDOW };
}

/**
 * SIBS has the request: the customer is asked on the phone. Its name says nothing of how it stands: what was due to be
 * asked about is due still.
 */
export function nameMandate(
  mandate: Mandate,
  { transactionId, mandateId }: { readonly transactionId: string; readonly mandateId: string | null },
  { now: at }: Given,
): readonly MandateFact[] {
  const isKnown = mandate.transactionId !== null && (mandateId ?? mandate.mandateId) === mandate.mandateId;
  if (isKnown) return [];
  const named: MandateFact = {
    kind: "mandate_named",
    at,
    transactionId: mandate.transactionId ?? transactionId,
    mandateId,
  };
  return unasked([named]);
}

/** The answer to the request has been lost, or is late beyond reason: the phone may have been asked. */
export function doubtMandate(mandate: Mandate, { now: at }: Pick<Given, "now">): readonly MandateFact[] {
  const isUnanswered = mandate.status === "pending" && mandate.transactionId === null && !mandate.inDoubt;
  return isUnanswered ? unasked<MandateFact>([{ kind: "mandate_in_doubt", at }]) : [];
}

/** Whether the answer to the request has been waited for long enough to call it lost. */
export function requestIsOverdue(mandate: Mandate, { now }: Given): boolean {
  return doubtMandate(mandate, { now }).length > 0 && now >= mandate.submittedAt + ANSWER_LIMIT;
}

/** SIBS refused the request outright: nobody was asked. */
export function refuseMandate(mandate: Mandate, code: string | null, given: Given): readonly MandateFact[] {
  if (mandate.status !== "pending") return [];
  const why = failure(REFUSED_OUTRIGHT[code ?? ""] ?? "not_taken", code);
  return refuse(mandate, why, given);
}

const REFUSED_OUTRIGHT: Readonly<Record<string, FailureReason>> = {
  E0504: "invalid_phone",
  E0506: "unknown_phone",
};
