import type { Clock } from "@caravela/platform/clock";
import type { Mandate } from "../../domain/mandate/state.ts";
import type { Payment } from "../../domain/payment/state.ts";
import type { ReadsMandates } from "../../storage/ports.ts";
import { onPageOf } from "./methods/index.ts";
import { signedInCustomer } from "./signed-in.ts";

/** What looking for a customer's mandates may touch. */
export type UsesMandates = ReadsMandates & { readonly clock: Clock };

/**
 * The customer's mandates that may be charged from this page now: none unless the shop said a moment ago that it is
 * them. A consent to a subscription is for what it names, and pays nothing else unless the shop says so for this
 * payment.
 */
export async function usableMandates({ mandates, clock }: UsesMandates, payment: Payment): Promise<readonly Mandate[]> {
  const customer = signedInCustomer(payment, clock.now().getTime());
  const isOffered = payment.methods.some((method) => onPageOf(method).offersMandates);
  if (customer === null || !isOffered) return [];
  const active = await mandates.activeOf(customer, payment);
  return active.filter(({ id, type }) => type === "oneclick" || payment.mandates.includes(id));
}
