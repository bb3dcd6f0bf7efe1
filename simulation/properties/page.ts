import { shopCalled } from "@caravela/server";
import { type Attempt, isClaimed } from "../../packages/server/src/domain/payment/attempt.ts";
import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import { viewOf } from "../../packages/server/src/pages/pay/view-of.ts";

/** The screens on which a customer is asked to pay, or to pay again. */
const INVITING: readonly string[] = ["choose", "declined", "not_answered", "failed", "reference"];
/** Those that tell where to approve what is under way: not once it was. */
const TELLING: readonly string[] = [...INVITING, "mbway_waiting", "mbway_confirming", "card_moment", "card_challenge"];

const SHOWING = { lang: "pt", publicUrl: "http://127.0.0.1:3000", shop: shopCalled("Loja do Cais") } as const;

/**
 * How a customer's page asks for money while some may be on its way; null: it does not. A reference that was never
 * shown, because its call counted as never sent, and is withdrawn as soon as it is found, can bring none.
 */
export function invitationOf(payment: Payment, now: number): string | null {
  const unsure = payment.attempts.find((one) => (one.inDoubt && !isFoundLater(one)) || isClaimed(one));
  if (unsure === undefined) return null;
  const { screen } = viewOf(payment, { ...SHOWING, now });
  const { kind } = screen;
  // a card's moment in which nothing is asked of the browser either
  if (kind === "card_moment" && screen.action === null) return null;
  return (isClaimed(unsure) ? TELLING : INVITING).includes(kind)
    ? `its page shows "${kind}" while ${unsure.id} may take money`
    : null;
}

function isFoundLater({ failure }: Attempt): boolean {
  return failure?.reason === "not_sent";
}
