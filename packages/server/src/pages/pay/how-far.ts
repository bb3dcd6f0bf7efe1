import type { PayScreen } from "@caravela/web/pay";
import type { HowFar } from "../returning.ts";

/** How far a customer is who sees a screen: whoever is asked not to pay again has begun. */
export const HOW_FAR: Readonly<Record<PayScreen["kind"], HowFar>> = {
  choose: "nothing",
  nothing_to_choose: "nothing",
  mbway_waiting: "under_way",
  mbway_confirming: "under_way",
  unconfirmed: "under_way",
  reference: "under_way",
  reference_over: "under_way",
  card_moment: "under_way",
  card_challenge: "under_way",
  declined: "nothing",
  not_answered: "nothing",
  failed: "nothing",
  paid: "done",
  authorized: "done",
  refunded: "done",
  canceled: "nothing",
  expired: "nothing",
  under_review: "under_way",
};
