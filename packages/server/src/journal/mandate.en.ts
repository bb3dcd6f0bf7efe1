import type { RecordedOfMandate } from "../domain/mandate/facts.ts";
import type { MandateType } from "../domain/mandate/state.ts";
import type { Every } from "../domain/plan/state.ts";
import { answerOf, dayText, ERASED, euros, phoneText } from "./payment.en.ts";
import type { Sentences } from "./words.ts";

/** A journal of a mandate, and of its plans, in English. */
export const mandate: Sentences<RecordedOfMandate> = {
  mandate_created: ({ mandate: { type, phone, description } }) =>
    `${phoneText(phone)} is asked for an authorised payment, ${TYPES[type]}: ${description ?? ERASED}.`,
  mandate_named: ({ transactionId }) => `SIBS has the request: transaction ${transactionId}.`,
  mandate_in_doubt: () => "SIBS's answer was lost, and the customer may have been asked: SIBS is asked until it says.",
  mandate_not_arrived: () => "SIBS says that the request has not arrived yet.",
  mandate_refused: ({ failure }) => `It was refused: ${failure.message}`,
  mandate_lapsed: ({ failure }) => `It was not answered in time: ${failure.message}`,
  mandate_heard: ({ status, limit, validUntil }) => {
    const terms = [limit !== null && `limit ${euros(limit)}`, validUntil !== null && `until ${dayText(validUntil)}`];
    return `SIBS says that it is ${[status, ...terms.filter(Boolean)].join(", ")}.`;
  },
  mandate_notified: ({ action, actionStatus }) =>
    `SIBS notified a change (${action} ${actionStatus}): SIBS is asked how it stands.`,
  mandate_asked: ({ said }) => answerOf(said),
  inquiry_wanted: () => "SIBS is to be asked how it stands.",
  mandate_canceled: () => "The authorised payment was ended: nothing is charged any more.",
  cancellation_sent: () => "SIBS was asked to end it.",
  cancellation_done: () => "SIBS has ended it.",
  plan_created: ({ terms: { amount, every, firstDate, endDate } }) =>
    `A plan was made: ${euros(amount)} ${everyWords(every)} from ${dayText(firstDate)}${endDate === null ? "" : ` to ${dayText(endDate)}`}.`,
  customer_erased: () => "The customer was erased: nothing is known of them any more.",
  plan_activated: () => "The plan charges from now on.",
  plan_paused: () => "The plan was paused.",
  plan_resumed: () => "The plan goes on.",
  plan_amount_changed: ({ amount, from }) => `The plan charges ${euros(amount)} from charge ${from} on.`,
  plan_canceled: ({ reason }) =>
    reason === "requested" ? "The plan was ended." : "The plan ended with its authorised payment.",
  plan_ended: () => "The plan has charged all that it was to charge.",
  charge_announced: ({ period, date }) => `Charge ${period}, of ${dayText(date)}, was announced.`,
  charges_missed: ({ period, through }) =>
    period === through
      ? `Charge ${period} was left out: nothing could charge it in time.`
      : `Charges ${period} to ${through} were left out: nothing could charge them in time.`,
  charge_skipped: ({ period, date }) => `Charge ${period}, of ${dayText(date)}, was skipped.`,
  charge_begun: ({ period, date, payment }) => `Charge ${period}, of ${dayText(date)}, was begun: payment ${payment}.`,
  charge_made: ({ period, payment }) => `Payment ${payment} of charge ${period} is there.`,
};

const TYPES: Readonly<Record<MandateType, string>> = {
  subscription: "a subscription",
  oneclick: "for purchases without asking again",
};

function everyWords(every: Every): string {
  if (every === "month") return "a month";
  return every.days === 1 ? "a day" : `every ${every.days} days`;
}
