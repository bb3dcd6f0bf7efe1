import { phoneOf } from "../../domain/payment/attempt.ts";
import type { MethodCalls } from "./types.ts";

/** MB WAY: a request to the customer's phone. */
export const mbway: MethodCalls = {
  wireNames: ["MBWAY"],
  terms: () => ({}),
  send: (sibs, checkout, attempt) => sibs.chargePhone(checkout, phoneOf(attempt)),
};
