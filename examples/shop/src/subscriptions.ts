import type { Caravela, Mandate, Payment, Plan } from "./caravela.ts";
import { Kept } from "./kept.ts";
import { isOrderId, newOrderId } from "./orders.ts";

/**
 * What a customer subscribed to, and how it stands as far as we know: the customer's consent, our plan of charging by
 * it, and what was charged.
 */
export interface Subscription {
  readonly number: string;
  readonly mandate: Mandate;
  readonly plan: Plan | undefined;
  /** Newest first. */
  readonly charges: readonly Payment[];
}

/** The subscriptions, each read from its mandate. */
export class Subscriptions extends Kept<Subscription> {
  constructor(caravela: Caravela) {
    super((number) => readSubscription(caravela, number));
  }
}

async function readSubscription(caravela: Caravela, number: string): Promise<Subscription | undefined> {
  const mandate = await caravela.findMandate(number);
  if (mandate === undefined) return undefined;
  const [plan] = mandate.plans;
  return { number, mandate, plan, charges: plan === undefined ? [] : await caravela.chargesOf(plan.id) };
}

/** A subscription's number, by which it is told from an order. */
export function newSubscriptionNumber(): string {
  return `S-${newOrderId()}`;
}

/** Whether this can be a subscription's number. */
export function isSubscriptionNumber(text: string): boolean {
  return text.startsWith("S-") && isOrderId(text.slice(2));
}
