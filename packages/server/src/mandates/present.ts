import { maskPhone } from "@caravela/sibs/phone";
import { type Mandate, secondsLeft } from "../domain/mandate/state.ts";
import { CHARGE_HOUR } from "../domain/plan/calendar.ts";
import { amountOf, type Charge, expectedCharge, type Plan } from "../domain/plan/state.ts";
import type { Instant } from "../domain/time.ts";

const iso = (at: Instant): string => new Date(at).toISOString();
const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at));

/** A mandate as the API shows it: unknown values are null, amounts whole cents, times in UTC. The phone is masked. */
export function presentMandate(mandate: Mandate, now: Instant, publicUrl: string) {
  return {
    id: mandate.id,
    terminal: mandate.terminal,
    status: mandate.status,
    type: mandate.type,
    phone: mandate.phone === null ? null : maskPhone(mandate.phone),
    customer: mandate.customer,
    description: mandate.description,
    reference: mandate.reference,
    limit: mandate.limit,
    validUntil: mandate.validUntil,
    inDoubt: mandate.inDoubt,
    secondsLeft: secondsLeft(mandate, now),
    failure: mandate.failure,
    returnUrl: mandate.returnUrl,
    cancelUrl: mandate.cancelUrl,
    locale: mandate.locale,
    authorizeUrl: `${publicUrl}/authorize/${mandate.authorizeToken}`,
    manageUrl: `${publicUrl}/mandates/${mandate.manageToken}`,
    plans: mandate.plans.map((plan) => presentPlan(mandate, plan)),
    createdAt: iso(mandate.createdAt),
    activatedAt: isoOrNull(mandate.activatedAt),
    endedAt: isoOrNull(mandate.endedAt),
  };
}

const CHARGES_AT = `${String(CHARGE_HOUR).padStart(2, "0")}:00 Europe/Lisbon`;

/** A plan as the API shows it, with the policy by which refused charges are tried again. */
export function presentPlan(mandate: Mandate, plan: Plan) {
  return {
    id: plan.id,
    mandate: mandate.id,
    status: plan.status,
    amount: plan.amount,
    currency: plan.currency,
    every: plan.every,
    firstDate: plan.firstDate,
    endDate: plan.endDate,
    description: plan.description,
    reference: plan.reference,
    metadata: { ...plan.metadata },
    retries: { afterDays: [...plan.retries.afterDays] },
    missed: plan.missed,
    chargesAt: CHARGES_AT,
    nextCharge: nextChargeOf(mandate, plan),
    charged: plan.charged,
    createdAt: iso(plan.createdAt),
    endedAt: isoOrNull(plan.endedAt),
  };
}

function nextChargeOf(mandate: Mandate, plan: Plan) {
  const charge = expectedCharge(mandate, plan);
  return charge === null ? null : presentCharge(plan, { ...charge, announcedAt: plan.announcedAt });
}

/** A charge to come as the API shows it. */
export function presentCharge(plan: Plan, charge: Charge & { readonly announcedAt: Instant | null }) {
  const { period, date, at, announcedAt } = charge;
  return { period, date, amount: amountOf(plan, period), at: iso(at), announcedAt: isoOrNull(announcedAt) };
}
