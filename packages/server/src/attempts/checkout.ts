import type { Clock } from "@caravela/platform/clock";
import type { AttemptId } from "../domain/identifiers.ts";
import type { Attempt } from "../domain/payment/attempt.ts";
import type { Address, Payment } from "../domain/payment/state.ts";
import type { CheckoutTerms } from "../sibs/inputs.ts";
import type { PreparedCheckout, Refused, Unheard } from "../sibs/outcome.ts";
import type { Checkouts } from "../sibs/port.ts";
import { at, type ByTerminal, type KnowsTerminals } from "../terminals.ts";
import { callsOf } from "./methods/index.ts";
import type { InHand, Payer } from "./methods/types.ts";
import { descriptionOf, payerOf } from "./terms.ts";

/** What preparing a checkout may touch. */
export interface PreparesCheckouts extends KnowsTerminals {
  readonly sibs: ByTerminal<Checkouts>;
  readonly clock: Clock;
}

/** A checkout that was prepared, and under which merchantTransactionId. */
export interface Prepared {
  readonly kind: "prepared";
  readonly checkout: PreparedCheckout;
  readonly merchantTransactionId: AttemptId;
  /** Which of its attempt's checkouts it is, counted from 1. */
  readonly number: number;
}

/**
 * Prepares the checkout of an attempt, for its one method. One whose answer is lost costs nothing: it is replaced once,
 * under a new merchantTransactionId.
 */
export async function prepareCheckout(
  ports: PreparesCheckouts,
  payment: Payment,
  attempt: Attempt,
  { first, inHand }: { readonly first: number; readonly inHand: InHand },
): Promise<Prepared | Refused | Unheard> {
  for (let number = first; ; number += 1) {
    const merchantTransactionId: AttemptId = number === 1 ? attempt.id : `${attempt.id}.${number}`;
    const terms = checkoutTerms(ports, { payment, attempt, inHand }, merchantTransactionId);
    const outcome = await at(ports.sibs, payment).checkout(terms);
    if (outcome.kind === "answered") {
      return { kind: "prepared", checkout: outcome.checkout, merchantTransactionId, number };
    }
    const isLost = outcome.kind === "unheard" && !outcome.isTurnedAway;
    if (!isLost || number > first) return outcome;
  }
}

function checkoutTerms(
  ports: PreparesCheckouts,
  { payment, attempt, inHand }: { payment: Payment; attempt: Attempt; inHand: InHand },
  merchantTransactionId: AttemptId,
): CheckoutTerms {
  const method = callsOf(attempt.method);
  const now = ports.clock.now();
  return {
    merchantTransactionId,
    amount: attempt.amount,
    description: descriptionOf(payment),
    methods: method.wireNames,
    timestamp: now,
    paymentType: payment.capture === "manual" ? "AUTH" : "PURS",
    customer: customerOf(payment, inHand.customer),
    ...method.terms(payment, { now: now.getTime(), entity: ports.terminals.of(payment)?.entity ?? "", inHand }),
  };
}

function customerOf(payment: Payment, typed: Payer | undefined): CheckoutTerms["customer"] {
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
