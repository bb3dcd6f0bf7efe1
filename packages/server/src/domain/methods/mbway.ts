import { ANSWER_WINDOW, PHONE_PACE } from "../patience.ts";
import { type Timing, timed } from "./timed.ts";
import type { MethodRules } from "./types.ts";

/** How a request on a phone is waited for, whatever it is called when nobody answers. */
export const ON_A_PHONE: Timing = { pace: PHONE_PACE, answeredFor: ANSWER_WINDOW, reason: () => "not_answered" };

/** MB WAY: a request on the customer's phone, which cannot be called off and is answered within four minutes or not. */
export const mbway: MethodRules = {
  called: { en: "MB WAY", pt: "MB WAY" },
  asksCustomer: true,
  canHold: true,
  canBeCalledOff: false,
  ...timed(ON_A_PHONE),
};
