import {
  type Checkout,
  type CheckoutInput,
  ConnectionError,
  MalformedAnswerError,
  UnavailableError,
} from "@caravela/sibs";
import type { Attempt } from "../domain/payment/attempt.ts";
import type { Address, Payment } from "../domain/payment/state.ts";
import type { Services } from "../services.ts";
import { callsOf } from "./methods/index.ts";
import type { InHand, Payer } from "./methods/types.ts";
import { descriptionOf, payerOf } from "./terms.ts";

/** How long one checkout may take, in milliseconds: two fit into the ten seconds that a caller waits. */
const CHECKOUT_LIMIT_MS = 4_000;

/** A checkout that was prepared, and under which merchantTransactionId. */
export interface Prepared {
  readonly checkout: Checkout;
  readonly merchantTransactionId: string;
  /** The how manyeth checkout of its attempt this is, from 1. */
  readonly number: number;
}

/**
 * Prepares the checkout of an attempt, for its one method. One whose answer is lost costs nothing: it is replaced once, under a new
 * merchantTransactionId.
 * @throws SibsError when SIBS refuses it or cannot be reached.
 */
export async function prepareCheckout(
  services: Services,
  payment: Payment,
  attempt: Attempt,
  { first, inHand }: { readonly first: number; readonly inHand: InHand },
): Promise<Prepared> {
  for (let number = first; ; number += 1) {
    const merchantTransactionId = number === 1 ? attempt.id : `${attempt.id}.${number}`;
    try {
      const input = checkoutInput(services, { payment, attempt, inHand }, merchantTransactionId);
      const checkout = await services.sibs.checkout(input, { timeoutMs: CHECKOUT_LIMIT_MS });
      return { checkout, merchantTransactionId, number };
    } catch (error) {
      if (!isAnswerLost(error) || number > first) throw error;
    }
  }
}

function isAnswerLost(error: unknown): boolean {
  return error instanceof ConnectionError || error instanceof UnavailableError || error instanceof MalformedAnswerError;
}

function checkoutInput(
  services: Services,
  { payment, attempt, inHand }: { payment: Payment; attempt: Attempt; inHand: InHand },
  merchantTransactionId: string,
): CheckoutInput {
  const method = callsOf(attempt.method);
  const now = services.clock.now();
  return {
    merchantTransactionId,
    amount: attempt.amount,
    description: descriptionOf(payment),
    methods: method.wireNames,
    timestamp: now,
    paymentType: payment.capture === "manual" ? "AUTH" : "PURS",
    customer: customerOf(payment, inHand.customer),
    ...method.terms(payment, { now: now.getTime(), entity: services.settings.entity, inHand }),
  };
}

function customerOf(payment: Payment, typed: Payer | undefined): CheckoutInput["customer"] {
  const { name, email, billingAddress: billing } = payerOf(payment, typed);
  const shipping = payment.customer?.shippingAddress ?? billing;
  if (name === null && email === null && billing === null && shipping === null) return undefined;
  return {
    customerInfo: {
      ...(name !== null && { customerName: name }),
      ...(email !== null && { customerEmail: email }),
      ...(shipping !== null && { shippingAddress: addressOf(shipping) }),
      ...(billing !== null && { billingAddress: addressOf(billing) }),
    },
  };
}

/** The seed sends an empty `street2` where there is none. */
function addressOf(address: Address) {
  return { ...address, street2: address.street2 ?? "", postcode: address.postcode ?? "" };
}
