import { PHONE } from "../../payment/testing/builders.ts";
import type { Instant } from "../../time.ts";
import { applyMandate } from "../apply.ts";
import { createMandate } from "../begin.ts";
import { recordedOfMandate } from "../record.ts";
import type { Mandate, NewMandate } from "../state.ts";

/** A subscription that the shop asks for. */
export const WANTED: NewMandate = {
  id: "man_1",
  terminal: "52221",
  authorizeToken: "agree",
  manageToken: "manage",
  type: "subscription",
  phone: PHONE,
  customer: { id: null, name: "Ana" },
  description: "Box",
  reference: null,
  returnUrl: null,
  cancelUrl: null,
  locale: null,
};

/** A mandate that was asked for at a moment. */
export function askedFor(now: Instant, wanted: NewMandate = WANTED): Mandate {
  return applyMandate(null, recordedOfMandate(null, createMandate(wanted, { now }), null));
}
