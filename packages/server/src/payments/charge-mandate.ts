import { BY_CUSTOMER } from "../domain/attempts.ts";
import type { Mandate } from "../domain/mandates/mandate.ts";
import type { Payment } from "../domain/payment.ts";
import { mayTry, putOffCharge, stopCharges } from "../domain/plan-charges.ts";
import { problem, problemOf } from "../http/problems.ts";
import type { AskedAttempt } from "./read-request.ts";
import type { Services } from "./services.ts";
import { beginAttempt } from "./start-attempt.ts";

/**
 * The attempt with what SIBS needs to charge its mandate, where it is by one.
 * @throws Problem 422 when it is not this customer's, 409 when it cannot be charged now.
 */
export async function withMandate(services: Services, payment: Payment, asked: AskedAttempt): Promise<AskedAttempt> {
  if (asked.mandate === undefined) return asked;
  const mandate = await services.mandates.load(asked.mandate);
  if (mandate === null || isOfAnother(mandate, payment)) {
    throw problem(
      "unknown_mandate",
      "This customer has no such authorised payment; list them with `GET /v1/mandates`.",
      {
        field: "/mandate",
      },
    );
  }
  if (mandate.status !== "active") {
    throw problemOf({ refused: "mandate_not_active", mandate: mandate.id, status: mandate.status });
  }
  return byMandate(mandate);
}

/** Where the shop says whose the payment is and whose the mandate, they must be the same. */
function isOfAnother(mandate: Mandate, { customer }: Payment): boolean {
  const ids = [mandate.customer.id, customer?.id ?? null].filter((id) => id !== null);
  return new Set(ids).size > 1;
}

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

/**
 * A try of a plan's payment, whose time has come. While mandate or plan is not active it waits; when one of them is over it is made no more.
 * `seen`: how many attempts there were; whoever comes second starts nothing.
 */
export async function tryCharge(
  services: Services,
  paymentId: string,
  { mandate: id, plan, seen }: { readonly mandate: string; readonly plan: string; readonly seen: number },
): Promise<void> {
  const { mandates, store } = services;
  const mandate = await mandates.load(id);
  const may = mandate === null ? "never" : mayTry(mandate, plan);
  if (mandate === null || may === "never") {
    await store.record(paymentId, stopCharges);
  } else if (may === "later") {
    await store.record(paymentId, putOffCharge);
  } else {
    const { command, inHand } = byMandate(mandate);
    await beginAttempt(services, paymentId, { ...command, initiator: "merchant", seen }, { inHand });
  }
}
