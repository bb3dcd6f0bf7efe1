import { byMandate } from "../../../attempts/charge-mandate.ts";
import { textOf } from "../../form-fields.ts";
import { mbway } from "./mbway.ts";
import type { MethodOnPage } from "./types.ts";

/** An authorised payment: one press and nobody is waited for, unless SIBS asks the phone after all (reference 6.4). */
export const mandate: MethodOnPage = {
  shownAs: "mandate",
  isOfMandates: true,
  offersMandates: true,
  screen(payment, attempt, at) {
    if (attempt.phone === null) return { kind: "unconfirmed", method: "mandate" };
    const screen = mbway.screen(payment, attempt, at);
    if (screen.kind === "mbway_waiting") return { ...screen, isAboveLimit: true };
    // Another request would be an ordinary one of MB WAY.
    const hasAgain = payment.methods.includes("mbway");
    return screen.kind === "mbway_confirming" && !hasAgain ? { ...screen, again: null } : screen;
  },
  read({ fields, mandates }) {
    const chosen = mandates.find(({ id }) => id === textOf(fields, "mandate"));
    return chosen === undefined ? { mandateGone: true } : byMandate(chosen);
  },
};
