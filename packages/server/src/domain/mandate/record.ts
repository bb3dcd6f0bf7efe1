import { type AsOf, nextAfterAnswer } from "../asked.ts";
import type { By } from "../by.ts";
import { isMandateOver } from "../plan/state.ts";
import { applyMandate } from "./apply.ts";
import { eraseMandateLine } from "./erase.ts";
import type { MandateFact, RecordedOfMandate } from "./facts.ts";
import { nextMandateAsk } from "./schedule.ts";
import type { Mandate } from "./state.ts";

/**
 * What a decision says, as it stands in the journal: with who caused it, whether what was notified has come true by it,
 * and when the mandate is looked at next by the schedules of today, or by others. `mandate`: as it was before; null:
 * the fact is its first.
 */
export function recordedOfMandate(
  mandate: Mandate | null,
  fact: MandateFact,
  decidedBy: By | null,
  nextAsk = nextMandateAsk,
): RecordedOfMandate {
  const { askedAt: _notKept, ...line } = lineOf(mandate, fact, fact.by ?? decidedBy, nextAsk);
  // what is said of an erased customer later, by whomever, is not kept either
  return mandate === null || mandate.erasedAt === null ? line : eraseMandateLine(line);
}

function lineOf(
  mandate: Mandate | null,
  fact: MandateFact,
  by: By | null,
  nextAsk: typeof nextMandateAsk,
): RecordedOfMandate & AsOf {
  const looks = mandate?.looks ?? null;
  const of = { by, ...(looks !== null && { looks }) };
  if ("plan" in fact) return { ...fact, ...of };
  // one that has only come makes the inquiry due now, and so does whoever wants it
  if (fact.kind === "mandate_notified" || fact.kind === "inquiry_wanted") {
    return { ...fact, ...of, next: fact.at, isComeTrue: false };
  }
  const after = applyMandate(mandate, { ...fact, by: null, next: null, isComeTrue: false });
  const isComeTrue = hasComeTrue(after);
  const next = nextAsk(isComeTrue ? { ...after, noticed: null } : after, fact.at);
  const isUnanswered = fact.kind === "mandate_asked" && !fact.answered;
  const dueAt = mandate?.askAt ?? null;
  return { ...fact, ...of, next: nextAfterAnswer({ next, dueAt, isUnanswered }, fact), isComeTrue };
}

/** The mandate after the facts of a decision. */
export function afterMandate(mandate: Mandate, facts: readonly MandateFact[]): Mandate {
  return facts.reduce((state, fact) => applyMandate(state, recordedOfMandate(state, fact, null)), mandate);
}

/** Whether the mandate stands as it must after what was notified. */
function hasComeTrue(mandate: Mandate): boolean {
  const { noticed, status, activatedAt } = mandate;
  if (noticed === null) return true;
  if (noticed.actionStatus !== "SCCS") return noticed.action !== "CRTN" || status !== "pending";
  const isApproved = activatedAt !== null || sentToEnd(mandate);
  switch (noticed.action) {
    case "CRTN":
      return isApproved;
    case "SSPN":
      return status === "suspended" || isMandateOver(mandate);
    case "RCTV":
      return status === "active" || isMandateOver(mandate);
    case "CNCL":
      return isMandateOver(mandate);
    default:
      return true;
  }
}

/** What was canceled while it waited on the phone is ended at SIBS as soon as it is approved there. */
function sentToEnd({ cancellation }: Mandate): boolean {
  return cancellation !== null && cancellation.sentAt !== null;
}
