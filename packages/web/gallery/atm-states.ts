import { cents } from "@caravela/sibs/money";
import type { AtmRefusal, AtmView } from "@caravela/web/atm";

const typed = { entity: "24000", reference: "066295419", amount: "5,50" };

const refusals: AtmRefusal[] = [
  "malformed",
  "unknown",
  "not_yet_valid",
  "lapsed",
  "canceled",
  "wrong_amount",
  "already_paid",
];

/** The simulated ATM in every state. */
export const atmStates: Record<string, Omit<AtmView, "lang">> = {
  blank: { typed: { entity: "", reference: "", amount: "" }, result: null },
  filled: { typed, result: null },
  receipt: {
    typed,
    result: {
      kind: "receipt",
      entity: "24000",
      reference: "066295419",
      amount: cents(550),
      merchant: "Loja da Ribeira",
      paidAt: "2026-11-22T10:41:00.000Z",
      id: "s2CB2CH3U91PdGDHsacJ",
    },
  },
  ...Object.fromEntries(
    refusals.map((reason) => [`refused-${reason}`, { typed, result: { kind: "refused", reason } } as const]),
  ),
};
