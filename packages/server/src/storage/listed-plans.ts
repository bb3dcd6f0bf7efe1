import { asPlanId } from "../domain/identifiers.ts";
import type { Mandate, MandateLook } from "../domain/mandate/state.ts";
import { bringUpMandateRow } from "../domain/mandate/stored.ts";
import { PLAN_STATUSES, type Plan, type PlanStatus } from "../domain/plan/state.ts";
import { lastFourTerm, type Search } from "../domain/search.ts";
import { isBounded } from "../domain/span.ts";
import type { StoredRow } from "../domain/stored.ts";
import {
  ALL_CONSENTS,
  type ConsentFilter,
  chargersNamed,
  isOfCharges,
  isOfConsent,
  isOfDay,
  isOfFlagged,
} from "./consent-filter.ts";
import { type Condition, is, isAnyOf, isNamed, isRead, type ListQuery, readList, type Way } from "./list-query.ts";
import { endsSo } from "./listed-mandates.ts";
import type { Page, PageRequest } from "./paging.ts";
import { STORED } from "./statements.ts";
import { type Lists, listedTerminals } from "./unlisted.ts";

/** Which plans a list shows; null: whatever it is. */
export interface PlanFilter extends ConsentFilter {
  readonly status: readonly PlanStatus[] | null;
  readonly mandate: string | null;
}

/** The filter that leaves nothing out. */
export const ALL_PLANS: PlanFilter = { ...ALL_CONSENTS, status: null, mandate: null };

/** A plan, and the mandate that it stands on. */
export interface PlanOf {
  readonly mandate: Mandate;
  readonly plan: Plan;
}

/** A page of plans. */
export async function listPlans(lists: Lists, filter: Partial<PlanFilter>, page: PageRequest): Promise<Page<PlanOf>> {
  const wanted = { ...ALL_PLANS, ...filter };
  const terminals = await listedTerminals(lists, wanted.terminal);
  return readList(lists.pool, planQuery(wanted, wanted.terminal === null ? null : terminals), page, planOf);
}

function planOf(row: StoredRow<MandateLook> & { readonly id: string }): PlanOf {
  const mandate = bringUpMandateRow(row);
  const plan = mandate.plans.find(({ id }) => id === row.id);
  if (plan === undefined) throw new TypeError(`${row.id} is listed of ${mandate.id}, which has no such plan`);
  return { mandate, plan };
}

/** How the plans of a filter are found. `terminal`: whose, as lists write them; null: of all. */
export function planQuery(filter: PlanFilter, terminal: readonly string[] | null): ListQuery {
  const { search } = filter;
  const where = [...isAnyOf("terminal", terminal), ...isAnyOf("status", filter.status), ...others(filter)];
  const ways = search === null ? [wayOf(filter, terminal)] : waysOf(search, where, terminal);
  const table = "caravela.listed_plan as own on own.id = page.id join caravela.mandate";
  const shown = { columns: STORED, table, on: "mandate.id = own.subject_id" };
  return { table: "listed_plan", by: "created_at", ways, shown };
}

function others(filter: PlanFilter): Condition[] {
  return [
    ...isOfConsent(filter),
    ...isOfCharges("plan_id", filter),
    ...isOfFlagged("plan_id", "in_doubt", filter.inDoubt),
    ...is("subject_id", filter.mandate),
    ...is("amount", filter.amount),
  ];
}

/** The way without a search: by the index of what is most telling. */
function wayOf(filter: PlanFilter, terminal: readonly string[] | null): Way {
  const { reference, customer, mandate, attention, inDoubt, paid, amount } = filter;
  const where = others(filter);
  const isFound = attention === true || inDoubt === true || isBounded(paid);
  if (isFound || reference !== null || customer !== null || mandate !== null) {
    const all = [...isAnyOf("terminal", terminal), ...isAnyOf("status", filter.status), ...where];
    return { where: all, isSorted: isFound };
  }
  if (terminal === null && filter.status === null && amount === null) return { where };
  return { where, key: keyOf(terminal, amount, filter.status ?? PLAN_STATUSES) };
}

function keyOf(terminal: readonly string[] | null, amount: number | null, status: readonly PlanStatus[]) {
  return {
    ...(terminal !== null && { terminal }),
    ...(amount !== null && { "listed.amount::text": [String(amount)] }),
    status,
  };
}

/**
 * The words may be an identifier of it, of its mandate or of what was charged by it, a reference, the last digits of
 * its mandate's phone, or what it charges.
 */
function waysOf(
  { words, terms, amount }: Search,
  where: readonly Condition[],
  terminal: readonly string[] | null,
): Way[] {
  const found = (...conditions: readonly Condition[]): Way => ({ where: [...conditions, ...where], isSorted: true });
  const charges: Condition = (value) => `listed.id in (${chargersNamed("plan_id", value(words))})`;
  const lastFour = terms.find((term) => term === lastFourTerm(words));
  const holders = "caravela.mandate as holder join caravela.listed_plan as listed on listed.subject_id = holder.id";
  return [
    found(...is("id", words)),
    // a plan is found by its mandate's names, and not by those of the mandate's other plans
    ...(asPlanId(words) === null ? [found(isNamed("subject_id", words)), found(charges)] : []),
    found(...isRead("reference", words)),
    ...(lastFour === undefined ? [] : [{ ...found(endsSo("holder", lastFour)), from: holders }]),
    ...(amount === null
      ? []
      : [{ where: [...isOfDay(amount), ...where], key: keyOf(terminal, amount.cents, PLAN_STATUSES) }]),
  ];
}
