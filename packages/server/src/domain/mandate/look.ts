import { applyMandate } from "./apply.ts";
import type { MandateFact } from "./facts.ts";
import { recordedOfMandate } from "./record.ts";
import type { Mandate } from "./state.ts";

/**
 * A mandate after inquiries that say again what was said before, so that they are no facts: neither its journal nor its
 * state changes, but what stands beside it. Null: they say something new, or something else happened, and is written.
 */
export function lookAtMandate(mandate: Mandate, facts: readonly MandateFact[]): Mandate | null {
  let now = mandate;
  for (const fact of facts) {
    if (fact.kind !== "mandate_asked" || fact.said !== now.asked?.said) return null;
    const next = applyMandate(now, recordedOfMandate(now, fact, null));
    // what was notified has come true by it
    if (next.noticed !== now.noticed) return null;
    now = { ...next, version: mandate.version, looks: { asked: next.asked, askAt: next.askAt } };
  }
  return { ...now, looked: mandate.looked + 1 };
}
