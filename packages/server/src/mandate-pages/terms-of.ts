import { maskPhone, type Phone } from "@caravela/sibs/phone";
import type { Lang } from "@caravela/web/lang";
import type { PlanOnPage, TermsView } from "@caravela/web/mandate";
import type { Mandate } from "../domain/mandates/mandate.ts";
import { expectedCharge, isPlanOver, type Plan } from "../domain/plans/plan.ts";

/** For whom a mandate's page is drawn. */
export interface Showing {
  readonly lang: Lang;
  readonly merchantName: string;
}

/** What both of a mandate's pages show of it. Pure. */
export function termsOf(mandate: Mandate, { lang, merchantName }: Showing): Omit<TermsView, "path" | "screen"> {
  return {
    lang,
    version: mandate.version,
    merchant: merchantName,
    returnUrl: returnUrlOf(mandate),
    description: mandate.description,
    reference: mandate.reference,
    type: mandate.type,
    phone: maskPhone(mandate.phone as Phone),
    limit: mandate.limit,
    validUntil: mandate.validUntil,
    plans: mandate.plans.map((plan) => planOnPage(mandate, plan)),
  };
}

function planOnPage(mandate: Mandate, plan: Plan): PlanOnPage {
  const { id, description, amount, every, firstDate, endDate } = plan;
  const state = isPlanOver(plan) ? "over" : plan.status === "paused" ? "paused" : "running";
  const nextDate = expectedCharge(mandate, plan)?.date ?? null;
  return { id, description, amount, every, firstDate, endDate, state, nextDate };
}

/** The shop's address with what it may want to know at once; its own query stays. The shop trusts the event or a `GET`, never this. */
function returnUrlOf({ returnUrl, id, status }: Mandate): string | null {
  if (returnUrl === null) return null;
  const url = new URL(returnUrl);
  url.searchParams.set("mandate", id);
  url.searchParams.set("status", status);
  return url.href;
}
