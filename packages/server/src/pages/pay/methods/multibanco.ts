import { isBeingWithdrawn } from "../../../domain/payment/attempt.ts";
import { BY_CUSTOMER } from "../../../domain/payment/begin.ts";
import { secondsUntil } from "../../../domain/time.ts";
import type { MethodOnPage } from "./types.ts";

/** Multibanco: a reference to pay; until it is there, and while it is being withdrawn, nothing is sure. */
export const multibanco: MethodOnPage = {
  shownAs: "multibanco",
  screen(_payment, attempt, { now }) {
    const { reference } = attempt;
    if (reference === null || attempt.inDoubt || isBeingWithdrawn(attempt)) {
      return { kind: "unconfirmed", method: "multibanco" };
    }
    const endsAt = new Date(reference.expiresAt).toISOString();
    // SIBS is asked for an hour more: what banks report late. A reference that cannot be paid is shown to nobody.
    if (now >= reference.expiresAt) return { kind: "reference_over", endsAt };
    return {
      kind: "reference",
      entity: reference.entity,
      reference: reference.reference,
      endsAt,
      secondsLeft: secondsUntil(reference.expiresAt, now),
    };
  },
  read() {
    return { command: { ...BY_CUSTOMER, method: "multibanco" }, inHand: {} };
  },
};
