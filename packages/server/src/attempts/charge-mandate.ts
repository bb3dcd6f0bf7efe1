import type { MandateId, PaymentId, PlanId } from "../domain/identifiers.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { BY_CUSTOMER } from "../domain/payment/begin.ts";
import { mayTry, putOffCharge, stopCharges } from "../domain/payment/plan-charges.ts";
import type { ReadsMandates } from "../storage/ports.ts";
import type { AskedAttempt, BeginsAttempts } from "./begin.ts";
import { beginAttempt } from "./begin.ts";

/** An attempt by a mandate, with what SIBS needs to charge it. */
export function byMandate({ id, phone, mandateId, customer }: Mandate): AskedAttempt {
  return {
    command: { ...BY_CUSTOMER, method: "mandate", mandate: { id, phone } },
    inHand: {
      mandateId: mandateId ?? undefined,
      customer: { name: customer.name, email: null, billingAddress: null },
    },
  };
}

/** What stands in the way of a try from outside, and may be gone by the next. */
const PUT_OFF: readonly string[] = ["phone_asked_too_often", "terminal_not_served"];

/**
 * A try of a plan's payment, whose time has come. While mandate or plan is not active it waits; when one of them is
 * over it is made no more. `seen`: how many attempts there were; whoever comes second starts nothing.
 */
export async function tryCharge(
  ports: BeginsAttempts & ReadsMandates,
  paymentId: PaymentId,
  { mandate: id, plan, seen }: { readonly mandate: MandateId; readonly plan: PlanId; readonly seen: number },
): Promise<void> {
  const { mandates, payments } = ports;
  const mandate = await mandates.load(id);
  const may = mandate === null ? "never" : mayTry(mandate, plan);
  if (mandate === null || may === "never") {
    await payments.record(paymentId, stopCharges);
  } else if (may === "later") {
    await payments.record(paymentId, putOffCharge);
  } else {
    const { command, inHand } = byMandate(mandate);
    const begun = await beginAttempt(ports, paymentId, { ...command, initiator: "merchant", seen }, { inHand });
    if ("refused" in begun && PUT_OFF.includes(begun.refused)) await payments.record(paymentId, putOffCharge);
  }
}
