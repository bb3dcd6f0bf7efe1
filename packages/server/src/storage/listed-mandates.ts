import { MANDATE_STATUSES, type Mandate, type MandateLook, type MandateStatus } from "../domain/mandate/state.ts";
import { bringUpMandateRow } from "../domain/mandate/stored.ts";
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
} from "./consent-filter.ts";
import { type Condition, isAnyOf, isPresent, type ListQuery, readList, subjectsNamed, type Way } from "./list-query.ts";
import type { Page, PageRequest } from "./paging.ts";
import { STORED } from "./statements.ts";
import { type Lists, listedTerminals } from "./unlisted.ts";

/** Which mandates a list shows; null: whatever it is. */
export interface MandateFilter extends ConsentFilter {
  readonly status: readonly MandateStatus[] | null;
}

/** The filter that leaves nothing out. */
export const ALL_MANDATES: MandateFilter = { ...ALL_CONSENTS, status: null };

/** A page of mandates. */
export async function listMandates(
  lists: Lists,
  filter: Partial<MandateFilter>,
  page: PageRequest,
): Promise<Page<Mandate>> {
  const wanted = { ...ALL_MANDATES, ...filter };
  const terminals = await listedTerminals(lists, wanted.terminal);
  const query = mandateQuery(wanted, wanted.terminal === null ? null : terminals);
  return readList<StoredRow<MandateLook>, Mandate>(lists.pool, query, page, bringUpMandateRow);
}

/**
 * How the mandates of a filter are found: in their own table, which is written seldom. `terminal`: whose, as lists
 * write them; null: of all.
 */
export function mandateQuery(filter: MandateFilter, terminal: readonly string[] | null): ListQuery {
  const { search } = filter;
  const where = [...isOfAny(terminal), ...isAnyOf("status", filter.status), ...others(filter)];
  const ways = search === null ? [wayOf(filter, terminal)] : waysOf(search, where, terminal);
  const shown = { columns: STORED, table: "caravela.mandate", on: "mandate.id = page.id" };
  return { table: "mandate", by: "created_at", ways, shown };
}

function others(filter: MandateFilter): Condition[] {
  const { amount, inDoubt } = filter;
  return [
    ...isOfConsent(filter),
    ...isOfCharges("mandate_id", filter),
    ...(amount === null ? [] : [isOfLimit(amount)]),
    ...(inDoubt === null ? [] : [() => `${inDoubt ? "" : "not "}listed.state @? '$.inDoubt ? (@ == true)'`]),
  ];
}

/** The way without a search: by the index of what is most telling. */
function wayOf(filter: MandateFilter, terminal: readonly string[] | null): Way {
  const { inDoubt, attention, paid, amount } = filter;
  const where = others(filter);
  const status = filter.status ?? MANDATE_STATUSES;
  if (inDoubt === true || attention === true || isBounded(paid)) {
    return { where: [...isOfAny(terminal), ...isAnyOf("status", filter.status), ...where], isSorted: true };
  }
  const lead = leadOf(filter);
  if (lead !== null) return { where: [...isOfAny(terminal), ...where], key: { ...lead, status } };
  if (amount !== null) return { where: [...HAS_LIMIT, ...where], key: limitKey(terminal, amount, status) };
  if (terminal !== null) return { where, key: { [WHOSE]: terminal, status } };
  return { where, ...(filter.status !== null && { key: { status } }) };
}

function limitKey(terminal: readonly string[] | null, cents: number, status: readonly MandateStatus[]) {
  return { ...(terminal !== null && { [WHOSE]: terminal }), [LIMIT]: [String(cents)], status };
}

/** What tells most of what is wanted, as an index has it; null: nothing does. */
function leadOf({ customer, reference }: MandateFilter): Readonly<Record<string, readonly string[]>> | null {
  if (customer !== null) return { customer_id: [customer] };
  return reference === null ? null : { "lower(listed.reference)": [reference] };
}

/** Whose a mandate is; empty: it does not say, since it was made before that was kept. */
const WHOSE = "coalesce(listed.terminal, '')";

/** What the customer has set: in their state alone, of which every version has it. */
const LIMIT = "(listed.state ->> 'limit')";
const HAS_LIMIT: Condition[] = [() => `${LIMIT} is not null`];

const isOfLimit =
  (cents: number): Condition =>
  (value) =>
    `${LIMIT} = ${value(String(cents))}`;

function isOfAny(terminals: readonly string[] | null): Condition[] {
  return terminals === null ? [] : [(value) => `${WHOSE} = any(${value(terminals)}::text[])`];
}

/**
 * The words may be an identifier of it, of its plan or of what was charged by it, a reference, the last digits of its
 * phone, or its limit.
 */
function waysOf(
  { words, terms, amount }: Search,
  where: readonly Condition[],
  terminal: readonly string[] | null,
): Way[] {
  const named: Condition = (value) => {
    const word = value(words);
    return `listed.id in (${subjectsNamed(word)} union all ${chargersNamed("mandate_id", word)})`;
  };
  const lastFour = terms.find((term) => term === lastFourTerm(words));
  const status = MANDATE_STATUSES;
  return [
    { where: [named, ...where], isSorted: true },
    { where: [...isPresent("reference"), ...where], key: { "lower(listed.reference)": [words], status } },
    ...(lastFour === undefined ? [] : [{ where: [endsSo("listed", lastFour), ...where] }]),
    ...(amount === null
      ? []
      : [{ where: [...HAS_LIMIT, ...isOfDay(amount), ...where], key: limitKey(terminal, amount.cents, status) }]),
  ];
}

/** Whether a mandate's phone, which is called so, has these last four digits. */
export const endsSo =
  (of: string, term: string): Condition =>
  (value) =>
    `right(${of}.phone, 4) = right(${value(term)}, 4)`;
