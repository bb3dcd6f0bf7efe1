import type { By } from "../by.ts";
import { ASKED_AGAIN_AFTER } from "../patience.ts";
import type { Instant } from "../time.ts";
import { applyMandate } from "./apply.ts";
import type { MandateFact, OwnFact, RecordedOfMandate } from "./facts.ts";
import { nextMandateAsk } from "./schedule.ts";
import type { Mandate } from "./state.ts";

/**
 * What a decision says, as it stands in the journal: with who caused it, and when the mandate is looked at next by the
 * schedules of today. `mandate`: as it was before; null: the fact is its first.
 */
export function recordedOfMandate(mandate: Mandate | null, fact: MandateFact, decidedBy: By | null): RecordedOfMandate {
  const by = fact.by ?? decidedBy;
  return "plan" in fact ? { ...fact, by } : { ...fact, by, next: nextAsk(mandate, fact) };
}

/** The mandate after the facts of a decision. */
export function afterMandate(mandate: Mandate, facts: readonly MandateFact[]): Mandate {
  return facts.reduce((state, fact) => applyMandate(state, recordedOfMandate(state, fact, null)), mandate);
}

/** A notification, and whoever wants it, make the inquiry due now; one that SIBS did not answer is never the last. */
function nextAsk(mandate: Mandate | null, fact: Extract<MandateFact, { kind: OwnFact["kind"] }>): Instant | null {
  if (fact.kind === "mandate_notified" || fact.kind === "inquiry_wanted") return fact.at;
  const next = nextMandateAsk(applyMandate(mandate, { ...fact, by: null, next: null }), fact.at);
  return next === null && fact.kind === "mandate_asked" && !fact.answered ? fact.at + ASKED_AGAIN_AFTER : next;
}
