import { LOOK, LOOK_WHILE_CONFIRMING } from "../parts/pace.ts";
import type { PayScreen, PayView } from "./view.ts";

/** How often when it takes so long that nobody is asked to wait on the page. */
const LOOK_WHEN_LONG = 60_000;
/** How often while the issuer has something to do or to ask. */
const LOOK_WHILE_ASKED = 3_000;

const PACES: Partial<Record<PayScreen["kind"], number | null>> = {
  mbway_confirming: LOOK_WHILE_CONFIRMING,
  unconfirmed: LOOK_WHILE_CONFIRMING,
  card_moment: LOOK_WHILE_ASKED,
  card_challenge: LOOK_WHILE_ASKED,
  paid: null,
  refunded: null,
  canceled: null,
  expired: null,
};

/** How often the payment's page looks by itself how things stand. */
export function paceOf({ screen, askShop }: PayView): number | null {
  if (askShop !== null) return LOOK_WHEN_LONG;
  const pace = PACES[screen.kind];
  return pace === undefined ? LOOK : pace;
}
