import { type BankAction, payerFields } from "@caravela/web/pay";
import { isLive } from "../../../domain/methods/types.ts";
import type { Action, Attempt } from "../../../domain/payment/attempt.ts";
import { BY_CUSTOMER } from "../../../domain/payment/begin.ts";
import type { Payment } from "../../../domain/payment/state.ts";
import { secondsUntil } from "../../../domain/time.ts";
import { summaryOf } from "../../../payments/read-card.ts";
import { Card } from "../../../sibs/inputs.ts";
import { textOf } from "../../form-fields.ts";
import { payerIn, problemsIn, returned } from "../card-forms.ts";
import type { MethodOnPage, Standpoint } from "./types.ts";

/** Card: one call, with what the issuer wants of the browser in between. */
export const card: MethodOnPage = {
  shownAs: "card",
  form: "card",
  screen: cardScreen,
  read({ fields, payment, now, device, asks }) {
    const text = (name: string) => textOf(fields, name);
    const parsed = Card.parse(
      { number: text("number"), expiry: text("expiry"), code: text("code"), name: text("name") },
      now,
    );
    const problems = {
      ...(!parsed.ok && parsed.reasons),
      ...problemsIn(fields, payerFields(asks), { now, brand: null }),
    };
    if (!parsed.ok || Object.keys(problems).length > 0) return { cardTyped: returned("card", fields, problems) };
    const consent = payment.saveCard && text("keep") === "1";
    return {
      command: { ...BY_CUSTOMER, method: "card", card: summaryOf(parsed.card, consent) },
      inHand: { card: parsed.card, device, customer: payerIn(fields), consent },
    };
  },
};

/** Where the customer stands while a card, typed or saved, is charged. */
export function cardScreen(payment: Payment, attempt: Attempt, { now, publicUrl }: Standpoint) {
  const { status, inDoubt, action } = attempt;
  if (inDoubt || status === "pending") return { kind: "unconfirmed", method: "card" } as const;
  if (status !== "action_required" || action === null) return { kind: "card_moment", action: null } as const;
  const shown = bankAction(payment, action, publicUrl);
  if (action.type === "3ds_method") return { kind: "card_moment", action: shown } as const;
  return { kind: "card_challenge", action: shown, secondsLeft: secondsUntil(action.expiresAt, now) } as const;
}

/** What the issuer waits for on this payment, if it is the action of this id. */
export function waitingAction(payment: Payment, id: string): { attempt: Attempt; action: Action } | null {
  const attempt = payment.attempts.find((one) => isLive(one) && one.action?.id === id);
  return attempt?.action == null ? null : { attempt, action: attempt.action };
}

/**
 * What the browser posts to the issuer, with the way back here. No text of SIBS says how a browser comes back:
 * `returnUrl` is ours (inferred), and nothing depends on it.
 */
export function bankAction(payment: Payment, { id, url, fields }: Action, publicUrl: string): BankAction {
  const returnUrl = `${publicUrl}/pay/${payment.payToken}/return?action=${encodeURIComponent(id)}`;
  return { id, url, fields: { ...fields, returnUrl } };
}
