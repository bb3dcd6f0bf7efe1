import type { TerminalId } from "../domain/identifiers.ts";
import { MANDATE_STATUSES, type Mandate, type MandateLook, type MandateStatus } from "../domain/mandate/state.ts";
import { bringUpMandateRow } from "../domain/mandate/stored.ts";
import { PLAN_STATUSES, type Plan, type PlanStatus } from "../domain/plan/state.ts";
import { lastFourTerm, type Search } from "../domain/search.ts";
import { ALWAYS, type Span } from "../domain/span.ts";
import type { StoredRow } from "../domain/stored.ts";
import {
  type Condition,
  is,
  isAnyOf,
  isRead,
  isSpelt,
  isWithin,
  type ListQuery,
  readList,
  type Way,
} from "./list-query.ts";
import { writtenAs } from "./lists.ts";
import type { Page, PageRequest } from "./paging.ts";
import { STORED } from "./statements.ts";
import { type Lists, listedTerminals } from "./unlisted.ts";

/** What mandates and plans are filtered by; null: whatever it is. */
interface ConsentFilter {
  readonly terminal: TerminalId | null;
  readonly created: Span;
  readonly reference: string | null;
  readonly customer: string | null;
  readonly search: Search | null;
}

/** Which mandates a list shows. */
export interface MandateFilter extends ConsentFilter {
  readonly status: readonly MandateStatus[] | null;
  readonly inDoubt: boolean | null;
}

/** Which plans a list shows. */
export interface PlanFilter extends ConsentFilter {
  readonly status: readonly PlanStatus[] | null;
  readonly mandate: string | null;
  readonly amount: number | null;
}

const ALL: ConsentFilter = { terminal: null, created: ALWAYS, reference: null, customer: null, search: null };
/** The filters that leave nothing out. */
export const ALL_MANDATES: MandateFilter = { ...ALL, status: null, inDoubt: null };
export const ALL_PLANS: PlanFilter = { ...ALL, status: null, mandate: null, amount: null };

/** A plan, and the mandate that it stands on. */
export interface PlanOf {
  readonly mandate: Mandate;
  readonly plan: Plan;
}

/** A page of mandates. */
export function listMandates(
  { pool, before }: Lists,
  filter: Partial<MandateFilter>,
  page: PageRequest,
): Promise<Page<Mandate>> {
  const query = mandateQuery({ ...ALL_MANDATES, ...filter }, before);
  return readList<StoredRow<MandateLook>, Mandate>(pool, query, page, bringUpMandateRow);
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

/** How the mandates of a filter are found: in their own table, which is written seldom. */
export function mandateQuery(filter: MandateFilter, before: TerminalId): ListQuery {
  const { terminal, inDoubt, search } = filter;
  const others: Condition[] = [
    ...shared(filter),
    ...(inDoubt === null ? [] : [() => `${inDoubt ? "" : "not "}listed.state @? '$.inDoubt ? (@ == true)'`]),
  ];
  const whose = terminal === null ? null : writtenAs(terminal, before);
  const where = [...isOfAny(whose), ...isAnyOf("status", filter.status), ...others];
  const status = filter.status ?? MANDATE_STATUSES;
  const isLed = filter.reference !== null || filter.customer !== null;
  const plain: Way =
    inDoubt === true
      ? { where, isSorted: true }
      : isLed
        ? { where: [...isOfAny(whose), ...others], key: { ...leadOf(filter), status } }
        : whose !== null
          ? { where: others, key: { [WHOSE]: whose, status } }
          : { where: others, ...(filter.status !== null && { key: { status } }) };
  const ways = search === null ? [plain] : mandateSearch(search, where);
  const shown = { columns: STORED, table: "caravela.mandate", on: "mandate.id = page.id" };
  return { table: "mandate", by: "created_at", ways, shown };
}

/** What tells most of what is wanted, as an index has it. */
function leadOf({ customer, reference }: MandateFilter): Readonly<Record<string, readonly string[]>> {
  return customer !== null ? { customer_id: [customer] } : { "lower(listed.reference)": [reference ?? ""] };
}

/** Whose a mandate is; empty: it does not say, since it was made before that was kept. */
const WHOSE = "coalesce(listed.terminal, '')";

function isOfAny(terminals: readonly string[] | null): Condition[] {
  return terminals === null ? [] : [(value) => `${WHOSE} = any(${value(terminals)}::text[])`];
}

/** The words may be an identifier of it or of its plan, a reference, or the last digits of its phone. */
function mandateSearch({ words, terms }: Search, where: readonly Condition[]): Way[] {
  const named: Condition = (value) => {
    const word = value(words);
    return `listed.id in (select ${word} union all select subject_id from caravela.found_by where key = ${word})`;
  };
  const lastFour = terms.find((term) => term === lastFourTerm(words));
  const endsSo =
    (term: string): Condition =>
    (value) =>
      `right(listed.phone, 4) = right(${value(term)}, 4)`;
  return [
    { where: [named, ...where], isSorted: true },
    {
      where: [...isPresent("reference"), ...where],
      key: { "lower(listed.reference)": [words], status: MANDATE_STATUSES },
    },
    ...(lastFour === undefined ? [] : [{ where: [endsSo(lastFour), ...where] }]),
  ];
}

/** How the plans of a filter are found. `terminal`: whose, as lists write them; null: of all. */
export function planQuery(filter: PlanFilter, terminal: readonly string[] | null): ListQuery {
  const { mandate, amount, search } = filter;
  const others: Condition[] = [
    ...isAnyOf("terminal", terminal),
    ...shared(filter),
    ...is("subject_id", mandate),
    ...is("amount", amount),
  ];
  const isLed = filter.reference !== null || filter.customer !== null || mandate !== null;
  const plain: Way = isLed
    ? { where: [...isAnyOf("status", filter.status), ...others] }
    : terminal === null && filter.status === null
      ? { where: others }
      : { where: others, key: { ...(terminal !== null && { terminal }), status: filter.status ?? PLAN_STATUSES } };
  const where = [...isAnyOf("status", filter.status), ...others];
  const ways = search === null ? [plain] : planSearch(search.words, where);
  const table = "caravela.listed_plan as own on own.id = page.id join caravela.mandate";
  return {
    table: "listed_plan",
    by: "created_at",
    ways,
    shown: { columns: STORED, table, on: "mandate.id = own.subject_id" },
  };
}

function planSearch(words: string, where: readonly Condition[]): Way[] {
  return [
    { where: [...is("id", words), ...where], isSorted: true },
    { where: [...is("subject_id", words), ...where], isSorted: true },
    { where: [...isRead("reference", words), ...where], isSorted: true },
  ];
}

function shared({ created, reference, customer }: ConsentFilter): Condition[] {
  return [
    ...isWithin("created_at", created),
    ...(reference === null ? [] : isPresent("reference")),
    ...isSpelt("reference", reference),
    ...(customer === null ? [] : isPresent("customer_id")),
    ...is("customer_id", customer),
  ];
}

const isPresent = (column: string): Condition[] => [() => `listed.${column} is not null`];
