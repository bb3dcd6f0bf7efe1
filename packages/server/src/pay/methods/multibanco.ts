import { BY_CUSTOMER } from "../../domain/attempts.ts";
import { isWithdrawn } from "../../domain/withdrawals.ts";
import type { MethodOnPage } from "./index.ts";

/** Multibanco: a reference to pay; until it is there, and while it is being withdrawn, nothing is sure. */
export const multibanco: MethodOnPage = {
  shownAs: "multibanco",
  screen(_payment, attempt) {
    const { reference } = attempt;
    if (reference === null || attempt.inDoubt || isWithdrawn(attempt)) {
      return { kind: "unconfirmed", method: "multibanco" };
    }
    return {
      kind: "reference",
      entity: reference.entity,
      reference: reference.reference,
      endsAt: new Date(reference.expiresAt).toISOString(),
    };
  },
  read() {
    return { command: { ...BY_CUSTOMER, method: "multibanco" }, inHand: {} };
  },
};
