import { CHECKOUT_LIFE, type Pace } from "../patience.ts";
import { MINUTE, SECOND } from "../time.ts";
import { timed } from "./timed.ts";
import type { MethodRules } from "./types.ts";

/** A card's purchase may take as long as its checkout lives; a minute after that nothing new can happen to it. */
const PACE: Pace = {
  window: CHECKOUT_LIFE,
  asks: [2, 5, 15, 30, 60, 120, 240, 480].map((seconds) => seconds * SECOND),
  overAfter: CHECKOUT_LIFE + MINUTE,
};

/**
 * Card: charged, or held, within one checkout's ten minutes; the issuer may want to see the customer in the browser
 * half-way through.
 */
export const card: MethodRules = {
  called: { en: "card", pt: "cartão" },
  asksCustomer: false,
  canHold: true,
  canBeCalledOff: false,
  ...timed({ pace: PACE, answeredFor: 0, reason: () => "technical" }),
};
