import { maskPhone } from "@caravela/sibs/phone";
import type { PageLang } from "@caravela/web/lang";
import type { PlanOnPage, TermsView } from "@caravela/web/mandate";
import { knownOf, type Mandate } from "../../domain/mandate/state.ts";
import { amountOf, expectedCharge, isPlanOver, type Plan } from "../../domain/plan/state.ts";
import type { Shop } from "../../shop/shop.ts";
import { waysBack } from "../returning.ts";
import { whoIsPaid } from "../shop.ts";

/** For whom a mandate's page is drawn. */
export interface Showing {
  readonly lang: PageLang;
  /** The language that the customer chose: other pages are led to in it. */
  readonly chosen?: PageLang | null;
  readonly shop: Shop;
}

/** What both of a mandate's pages show of it. Pure. */
export function termsOf(mandate: Mandate, { lang, shop }: Showing): Omit<TermsView, "path" | "screen"> {
  const { phone, description } = knownOf(mandate);
  return {
    lang,
    version: mandate.version,
    ...whoIsPaid(shop),
    ...waysBack(mandate, mandate.activatedAt === null ? "nothing" : "done", {
      mandate: mandate.id,
      status: mandate.status,
    }),
    description,
    reference: mandate.reference,
    type: mandate.type,
    phone: maskPhone(phone),
    limit: mandate.limit,
    validUntil: mandate.validUntil,
    plans: mandate.plans.map((plan) => planOnPage(mandate, plan)),
  };
}

function planOnPage(mandate: Mandate, plan: Plan): PlanOnPage {
  const { id, description, every, firstDate, endDate } = plan;
  const state = isPlanOver(plan) ? "over" : plan.status === "paused" ? "paused" : "running";
  const next = expectedCharge(mandate, plan);
  const [nextDate, amount] = next === null ? [null, plan.amount] : [next.date, amountOf(plan, next.period)];
  return { id, description, amount, every, firstDate, endDate, state, nextDate };
}
