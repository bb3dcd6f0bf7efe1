import type { Fact } from "../domain/payment/facts.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Beside } from "../storage/kinds.ts";
import type { AsksMandatesSoon } from "../storage/ports.ts";

/**
 * A mandate that SIBS did not charge by itself may have been changed on the phone: SIBS is asked about it anew. That is
 * wanted before the end of its charge is written: asked in vain it does no harm, and forgotten it would be asked about
 * a day later.
 */
export function askMandatesFirst({ mandates }: AsksMandatesSoon): Beside<Payment, Fact> {
  return {
    first: async ({ attempts }, facts) => {
      for (const fact of facts) {
        if (fact.kind !== "attempt_ended" && fact.kind !== "attempt_fell_back") continue;
        const mandate = attempts.find((one) => one.id === fact.attempt)?.mandate ?? null;
        if (mandate !== null) await mandates.askSoon(mandate.id);
      }
    },
  };
}
