import type { ComponentType } from "preact";
import { CardChallenge, CardMoment } from "../methods/card.tsx";
import { MbwayConfirming, MbwayWaiting } from "../methods/mbway.tsx";
import { MultibancoReference, ReferenceOver } from "../methods/multibanco.tsx";
import type { PayScreen, ScreenOf } from "../view.ts";
import { Canceled, Expired, Unconfirmed, UnderReview } from "./closed.tsx";
import { Paid, Refunded } from "./paid.tsx";
import { Choose, Declined, Failed, NotAnswered, NothingToChoose } from "./unpaid.tsx";

/** What is drawn for each place where the customer may stand. */
export const screens: { [Kind in PayScreen["kind"]]: ComponentType<{ screen: ScreenOf<Kind> }> } = {
  choose: Choose,
  nothing_to_choose: NothingToChoose,
  mbway_waiting: MbwayWaiting,
  mbway_confirming: MbwayConfirming,
  unconfirmed: Unconfirmed,
  reference: MultibancoReference,
  reference_over: ReferenceOver,
  card_moment: CardMoment,
  card_challenge: CardChallenge,
  declined: Declined,
  not_answered: NotAnswered,
  failed: Failed,
  paid: Paid,
  authorized: Paid,
  refunded: Refunded,
  canceled: Canceled,
  expired: Expired,
  under_review: UnderReview,
};
