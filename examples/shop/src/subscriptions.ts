import type { Caravela, Mandate } from "@caravela/client";
import { Kept } from "./kept.ts";
import { isOrderId, newOrderId, type ShownPayment } from "./orders.ts";

/**
 * What a customer subscribed to, and how it stands as far as we know: the customer's consent, our plan of charging by
 * it, and what was charged.
 */
export interface Subscription {
  readonly number: string;
  readonly mandate: ShownMandate;
  readonly plan: ShownMandate["plans"][number] | undefined;
  /** Newest first; a year of them is enough for us. */
  readonly charges: readonly ShownPayment[];
}

/**
 * What this shop reads of a mandate: the customer's standing consent to be charged, with a limit and an end of their
 * own.
 */
export type ShownMandate = Pick<
  Mandate,
  "id" | "status" | "customer" | "failure" | "authorizeUrl" | "manageUrl" | "plans"
>;

/** The subscriptions, each read from its mandate. */
export class Subscriptions extends Kept<Subscription> {
  constructor(caravela: Caravela) {
    super((number) => readSubscription(caravela, number));
  }
}

async function readSubscription(caravela: Caravela, number: string): Promise<Subscription | undefined> {
  const [mandate] = (await caravela.mandates.list({ reference: number, limit: 1 })).data;
  if (mandate === undefined) return undefined;
  const [plan] = mandate.plans;
  const charges = plan === undefined ? [] : (await caravela.payments.list({ plan: plan.id, limit: 12 })).data;
  return { number, mandate, plan, charges };
}

/** A subscription's number, by which it is told from an order. */
export function newSubscriptionNumber(): string {
  return `S-${newOrderId()}`;
}

/** Whether this can be a subscription's number. */
export function isSubscriptionNumber(text: string): boolean {
  return text.startsWith("S-") && isOrderId(text.slice(2));
}
