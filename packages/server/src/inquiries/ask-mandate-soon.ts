import type { Decided } from "../storage/payments.ts";
import type { AsksMandatesSoon } from "../storage/ports.ts";

/** A mandate that SIBS did not charge by itself may have been changed on the phone: SIBS is asked about it anew. */
export async function askMandateAfter({ mandates }: AsksMandatesSoon, { payment, facts }: Decided): Promise<void> {
  for (const fact of facts) {
    if (fact.kind !== "attempt_ended" && fact.kind !== "attempt_fell_back") continue;
    const mandate = payment.attempts.find((one) => one.id === fact.attempt)?.mandate ?? null;
    if (mandate !== null) await mandates.askSoon(mandate.id);
  }
}
