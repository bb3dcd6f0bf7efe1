import type { Checkout, CheckoutInput, Operation, Reference, Sibs } from "@caravela/sibs";
import type { Attempt } from "../../domain/attempt.ts";
import type { Method } from "../../domain/methods/index.ts";
import type { Payment } from "../../domain/payment.ts";
import type { Instant } from "../../domain/time.ts";
import { mbway } from "./mbway.ts";
import { multibanco } from "./multibanco.ts";

/** How one method is asked of SIBS. */
export interface MethodCalls {
  /** SIBS's name for it in a checkout's `paymentMethod`. */
  readonly wireName: CheckoutInput["methods"][number];
  /** What its checkout says beyond amount and description. */
  terms(payment: Payment, given: { readonly now: Instant; readonly entity: string }): CheckoutInput["paymentReference"];
  /** The one call that asks the customer for money. */
  send(sibs: Sibs, checkout: Checkout, attempt: Attempt): Promise<Operation | Reference>;
}

const registry: Readonly<Record<Method, MethodCalls>> = { mbway, multibanco };

export function callsOf(method: Method): MethodCalls {
  return registry[method];
}
