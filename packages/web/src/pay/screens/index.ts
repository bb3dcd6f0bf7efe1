import type { ComponentType } from "preact";
import { MbwayConfirming, MbwayWaiting } from "../methods/mbway.tsx";
import { MultibancoReference } from "../methods/multibanco.tsx";
import type { PayScreen, ScreenOf } from "../view.ts";
import { Canceled, Expired, Unconfirmed, UnderReview } from "./closed.tsx";
import { Paid, Refunded } from "./paid.tsx";
import { Choose, Declined, Failed, NotAnswered } from "./unpaid.tsx";

/** What is drawn for each place where the customer may stand. */
export const screens: { [Kind in PayScreen["kind"]]: ComponentType<{ screen: ScreenOf<Kind> }> } = {
  choose: Choose,
  mbway_waiting: MbwayWaiting,
  mbway_confirming: MbwayConfirming,
  unconfirmed: Unconfirmed,
  reference: MultibancoReference,
  declined: Declined,
  not_answered: NotAnswered,
  failed: Failed,
  paid: Paid,
  refunded: Refunded,
  canceled: Canceled,
  expired: Expired,
  under_review: UnderReview,
};
