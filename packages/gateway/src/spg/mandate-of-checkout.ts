import { wasGiven } from "../domain/mandate.ts";
import type { Terminal } from "../terminals/terminals.ts";
import type { Gateway } from "./call.ts";
import { type CheckoutRequest, prefilledPhone } from "./checkout-request.ts";
import { refusals } from "./refusals.ts";

/**
 * The mandate that a checkout is to be collected by, and whether it, or one of the customer's, can be collected by now.
 */
export interface MandateForCheckout {
  readonly mandateId: string | null;
  readonly available: boolean;
}

/**
 * Looks for the mandate that a checkout names, or else for one of the phone that it fills in (inferred).
 * @throws Refusal 400 with `E0507` when the one named is unknown, not consented to, or another merchant's
 */
export async function mandateForCheckout(
  request: CheckoutRequest,
  { terminalId }: Terminal,
  { mandates }: Gateway,
): Promise<MandateForCheckout> {
  const mandateId = request.mandate?.mandateId ?? null;
  if (mandateId !== null) {
    const mandate = await mandates.findById(mandateId);
    if (mandate?.terminalId !== terminalId || !wasGiven(mandate)) throw refusals.unknownMandate();
    return { mandateId, available: mandate.status === "ACTV" };
  }
  const phone = prefilledPhone(request);
  const onPhone = phone === null ? [] : await mandates.findOnPhone(phone);
  return {
    mandateId: null,
    available: onPhone.some((mandate) => mandate.terminalId === terminalId && mandate.status === "ACTV"),
  };
}
