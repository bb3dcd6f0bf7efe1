import type { PaymentId } from "../domain/identifiers.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { type Method, rulesOf } from "../domain/methods/index.ts";
import { PLAN_PAYMENT_LIFE } from "../domain/payment/plan-charges.ts";
import type { Customer, NewPayment, Payment } from "../domain/payment/state.ts";
import { amountOf, type Plan } from "../domain/plan/state.ts";
import { newPageToken } from "../http/page-token.ts";
import type { CreatesPayments } from "../storage/ports.ts";
import { type ChoosesForPayments, offeredAt } from "./create-payment.ts";

/** What making a plan's payment may touch. */
export type CreatesPlanPayments = CreatesPayments & ChoosesForPayments;

/** The charge of one period of a plan, under the id that was committed for it. */
export interface PlanCharge {
  readonly id: PaymentId;
  readonly mandate: Mandate;
  readonly plan: Plan;
  /** Counted from 1. */
  readonly period: number;
  /** In Lisbon's calendar, as `2026-12-01`. */
  readonly date: string;
}

/**
 * Makes a plan's payment, which then charges its mandate by itself, and gives it. Whoever makes it again finds it made:
 * its id, and the plan's period, can be there only once.
 */
export async function createPlanPayment(ports: CreatesPlanPayments, charge: PlanCharge): Promise<Payment> {
  const made = await ports.payments.createOnce(({ now }) => newPlanPayment(ports, charge, now));
  const payment = made ?? (await ports.payments.load(charge.id));
  if (payment === null)
    throw new Error(`period ${charge.period} of plan ${charge.plan.id} was charged under another id`);
  return payment;
}

function newPlanPayment({ chance, terminals }: ChoosesForPayments, charge: PlanCharge, now: number): NewPayment {
  const { id, mandate, plan, period, date } = charge;
  return {
    id,
    terminal: mandate.terminal,
    payToken: newPageToken(chance),
    reference: plan.reference,
    amount: amountOf(plan, period),
    currency: plan.currency,
    description: plan.description ?? mandate.description,
    methods: withMandates(offeredAt(terminals, mandate)),
    capture: "automatic",
    latePayments: "refund",
    overlap: "refuse",
    saveCard: false,
    token: null,
    mandates: [],
    mandate: mandate.id,
    plan: { id: plan.id, period, date, retryAfterDays: plan.retries.afterDays },
    initiator: "merchant",
    customer: customerOf(mandate),
    metadata: plan.metadata,
    returnUrl: null,
    cancelUrl: null,
    locale: mandate.locale,
    items: [],
    expiresAt: now + PLAN_PAYMENT_LIFE,
  };
}

/**
 * The server's own, so that the customer can settle what is unpaid; and the mandate, also where the server does not
 * offer MB WAY.
 */
function withMandates(methods: readonly Method[]): readonly Method[] {
  const isOffered = methods.some((one) => one === rulesOf("mandate").offeredAs);
  return isOffered ? methods : [...methods, "mandate"];
}

/**
 * Without the phone: whoever has the link to a payment would read it on its page, and wherever its mandate is shown it
 * is masked.
 */
function customerOf({ customer: { id, name } }: Mandate): Customer {
  return { id, name, email: null, phone: null, billingAddress: null, shippingAddress: null, signedIn: false };
}
