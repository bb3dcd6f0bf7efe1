import { maskPhone, type Phone, parsePhone } from "@caravela/sibs/phone";
import { secondsLeft } from "../../domain/attempt.ts";
import { BY_CUSTOMER } from "../../domain/attempts.ts";
import { mayHoldCard } from "../../payments/read-card.ts";
import type { MethodOnPage } from "./index.ts";

/** No phone number is longer, however it is typed; more of it is not shown again. */
const LONGEST_TYPED = 40;

/** MB WAY: a phone is asked, has four minutes, and may stay unsure for a while after them. */
export const mbway: MethodOnPage = {
  screen(payment, attempt, now) {
    if (attempt.status !== "pending" || attempt.inDoubt) return { kind: "unconfirmed", method: "mbway" };
    const phone = maskPhone(attempt.phone as Phone);
    const left = secondsLeft(attempt, now) ?? 0;
    if (left > 0) return { kind: "mbway_waiting", phone, secondsLeft: left };
    return { kind: "mbway_confirming", phone, again: payment.again === null ? "offered" : "kept" };
  },
  read({ phone: typed }) {
    const text = typeof typed === "string" ? typed : "";
    const parsed = parsePhone(text);
    // a card's number that was typed here goes into no page
    const shown = mayHoldCard(text) ? "" : text.slice(0, LONGEST_TYPED);
    if (!parsed.ok) return { typed: { phone: shown, problem: parsed.reason } };
    return { start: { ...BY_CUSTOMER, method: "mbway", phone: parsed.phone } };
  },
};
