import { maskPhone, parsePhone } from "@caravela/sibs/phone";
import { shorten } from "@caravela/sibs/text";
import { phoneOf, secondsLeft } from "../../../domain/payment/attempt.ts";
import { BY_CUSTOMER } from "../../../domain/payment/begin.ts";
import { textOf } from "../../form-fields.ts";
import { withoutNumber } from "../sent-form.ts";
import type { MethodOnPage } from "./types.ts";

/** No phone number is longer, however it is typed; more of it is not shown again. */
const LONGEST_TYPED = 40;

/** MB WAY: a phone is asked, has four minutes, and may stay unsure for a while after them. */
export const mbway: MethodOnPage = {
  shownAs: "mbway",
  form: "phone",
  offersMandates: true,
  screen(payment, attempt, { now }) {
    if (attempt.status !== "pending" || attempt.inDoubt) return { kind: "unconfirmed", method: "mbway" };
    const phone = maskPhone(phoneOf(attempt));
    const left = secondsLeft(attempt, now) ?? 0;
    if (left > 0) return { kind: "mbway_waiting", phone, secondsLeft: left, isAboveLimit: false };
    return { kind: "mbway_confirming", phone, again: payment.wish?.phone === attempt.phone ? "kept" : "offered" };
  },
  beginning({ phone }) {
    if (phone === null) return { kind: "unconfirmed", method: "mbway" };
    return { kind: "mbway_confirming", phone: maskPhone(phone), again: "kept" };
  },
  read({ fields }) {
    const text = textOf(fields, "phone");
    const parsed = parsePhone(text);
    if (!parsed.ok) return { typed: { phone: shorten(withoutNumber(text), LONGEST_TYPED), problem: parsed.reason } };
    return { command: { ...BY_CUSTOMER, method: "mbway", phone: parsed.phone }, inHand: {} };
  },
};
