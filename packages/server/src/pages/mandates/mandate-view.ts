import type { PageLang } from "@caravela/web/lang";
import type { ChargeOnPage, MandateScreen, MandateView } from "@caravela/web/mandate";
import type { Mandate } from "../../domain/mandate/state.ts";
import { liveAttempt, type Payment } from "../../domain/payment/state.ts";
import { isMandateOver } from "../../domain/plan/state.ts";
import { inChosen } from "../page-language.ts";
import { onPageOf } from "../pay/methods/index.ts";
import { type Showing, termsOf } from "./terms-of.ts";

export interface MandateShowing extends Showing {
  /** The newest payments that it was charged for, newest first, and whether there are more. */
  readonly payments: readonly Payment[];
  readonly hasMore: boolean;
  /** Whether the customer is asked whether to end it. */
  readonly asksToEnd: boolean;
}

/** What the page shows where a customer looks after a mandate. Pure. */
export function mandateViewOf(mandate: Mandate, showing: MandateShowing): MandateView {
  const { chosen = null } = showing;
  return {
    ...termsOf(mandate, showing),
    path: `/mandates/${mandate.manageToken}`,
    authorizePath: inChosen(`/authorize/${mandate.authorizeToken}`, chosen),
    charges: showing.payments.map((payment) => chargeOnPage(payment, chosen)),
    hasMoreCharges: showing.hasMore,
    asksToEnd: showing.asksToEnd,
    screen: { kind: screenKind(mandate) },
  };
}

/** What was never agreed to is refused to the customer, whoever let it lie. */
function screenKind(mandate: Mandate): MandateScreen["kind"] {
  return isMandateOver(mandate) && mandate.activatedAt === null ? "refused" : mandate.status;
}

function chargeOnPage(payment: Payment, chosen: PageLang | null): ChargeOnPage {
  const state = stateOf(payment);
  const canBeSettled = state === "unpaid" && payment.methods.some((method) => !onPageOf(method).isOfMandates);
  return {
    id: payment.id,
    at: new Date(payment.createdAt).toISOString(),
    amount: payment.amount,
    description: payment.description,
    state,
    payPath: canBeSettled ? inChosen(`/pay/${payment.payToken}`, chosen) : null,
  };
}

function stateOf(payment: Payment): ChargeOnPage["state"] {
  const { status, amountCaptured, amountRefunded, attempts } = payment;
  switch (status) {
    case "paid":
      if (amountRefunded === 0) return "paid";
      return amountRefunded === amountCaptured ? "refunded" : "partly_refunded";
    case "authorized":
      return "on_the_way";
    case "canceled":
    case "expired":
      return "not_charged";
    case "open":
    case "pending": {
      const live = liveAttempt(payment);
      if (live !== null) return live.phone === null ? "on_the_way" : "to_approve";
      return isWaiting(payment) || attempts.some(({ endedAt }) => endedAt !== null) ? "unpaid" : "on_the_way";
    }
  }
}

/** Whether nothing is charged for it at the moment: the mandate or the plan is paused, or over. */
function isWaiting({ charging }: Payment): boolean {
  return charging.putOffUntil !== null || charging.isStopped;
}
