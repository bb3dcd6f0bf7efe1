import { mbway, ON_A_PHONE } from "./mbway.ts";
import { timed } from "./timed.ts";
import type { MethodRules } from "./types.ts";

/**
 * An authorised payment: charged at once, without the customer. Nobody is waited for, unless SIBS turned it into an
 * ordinary MB WAY request because it exceeds the mandate's limit (reference 6.4): then it is one.
 */
export const mandate: MethodRules = {
  ...mbway,
  called: { en: "authorised payment", pt: "pagamento autorizado" },
  asksCustomer: false,
  offeredAs: "mbway",
  isNamedAlone: true,
  ...timed({ ...ON_A_PHONE, reason: ({ phone }) => (phone === null ? "technical" : "not_answered") }),
  expiresAt: () => null,
};
