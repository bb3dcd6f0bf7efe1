import { METHODS } from "../domain/methods/index.ts";
import type { Looks } from "../domain/payment/looks.ts";
import { PAYMENT_STATUSES, type Payment, type PaymentStatus } from "../domain/payment/state.ts";
import { bringUpPaymentRow } from "../domain/payment/stored.ts";
import type { Search } from "../domain/search.ts";
import { daySpan, isBounded } from "../domain/span.ts";
import type { StoredRow } from "../domain/stored.ts";
import {
  byTerms,
  type Condition,
  is,
  isAnyOf,
  isFlagged,
  isRead,
  isSpelt,
  isWithin,
  readList,
  type Way,
} from "./list-query.ts";
import { NO_METHOD } from "./lists.ts";
import { ALL_MONEY, type MoneyFilter, type OfTerminals } from "./money-filter.ts";
import type { Page, PageRequest } from "./paging.ts";
import { STORED } from "./statements.ts";
import { type Lists, listedTerminals } from "./unlisted.ts";
import { readWhole, type WholeQuery } from "./whole-list.ts";

/** Which payments a list shows; null: whatever it is. */
export interface PaymentFilter extends MoneyFilter {
  readonly status: readonly PaymentStatus[] | null;
  /** Charged by this mandate, the last time or by itself. */
  readonly mandate: string | null;
  readonly plan: string | null;
}

/** The filter that leaves nothing out. */
export const ALL_PAYMENTS: PaymentFilter = { ...ALL_MONEY, status: null, mandate: null, plan: null };

const TABLE = "listed_payment";
const ALL_METHODS: readonly string[] = [...METHODS, NO_METHOD];

/** A page of payments. */
export async function listPayments(
  lists: Lists,
  filter: Partial<PaymentFilter>,
  page: PageRequest,
): Promise<Page<Payment>> {
  const terminals = await listedTerminals(lists, filter.terminal ?? null);
  const query = paymentQuery({ ...ALL_PAYMENTS, ...filter }, terminals);
  return readList<StoredRow<Looks>, Payment>(lists.pool, query, page, bringUpPaymentRow);
}

/** All payments of a filter, some at a time. */
export async function* everyPayment(lists: Lists, filter: Partial<PaymentFilter>): AsyncGenerator<readonly Payment[]> {
  const terminals = await listedTerminals(lists, filter.terminal ?? null);
  const query = paymentQuery({ ...ALL_PAYMENTS, ...filter }, terminals);
  yield* readWhole<StoredRow<Looks>, Payment>(lists.pool, query, bringUpPaymentRow);
}

/** How the payments of a filter are found. `terminal`: whose, as lists write them. */
export function paymentQuery(asked: PaymentFilter, terminal: readonly string[]): WholeQuery {
  const filter = { ...asked, terminal };
  const by = filter.sort === "created" ? "created_at" : "paid_at";
  const ways = filter.search === null ? [wayOf(filter)] : waysOf(filter, filter.search, by);
  const shown = { columns: STORED, table: "caravela.payment", on: "payment.id = page.id" };
  return { table: TABLE, by, ways, shown, all: all(filter) };
}

type OfPayments = OfTerminals<PaymentFilter>;

/** What no index's first columns say. */
function others(filter: OfPayments): Condition[] {
  return [
    ...isWithin("created_at", filter.created),
    ...isWithin("paid_at", filter.paid),
    ...(filter.sort === "paid" ? [() => "listed.paid_at is not null"] : []),
    ...is("amount", filter.amount),
    ...isSpelt("reference", filter.reference),
    ...is("customer_id", filter.customer),
    ...is("mandate_id", filter.mandate),
    ...is("plan_id", filter.plan),
    ...isFlagged("attention", filter.attention),
    ...isFlagged("in_doubt", filter.inDoubt),
  ];
}

function all(filter: OfPayments): Condition[] {
  return [
    ...isAnyOf("terminal", filter.terminal),
    ...isAnyOf("status", filter.status),
    ...isAnyOf("method", filter.method),
    ...others(filter),
  ];
}

/** The way without a search: by the index of what is most telling, in the list's order as far as there is one. */
function wayOf(filter: OfPayments): Way {
  const { terminal, sort, status, method, mandate, plan } = filter;
  const { terminal: _whose, ...ofOne } = eachOf(filter);
  const isOfOne = mandate !== null || plan !== null;
  const isAcross = isBounded(sort === "created" ? filter.paid : filter.created);
  if (isAcross || (isOfOne && sort === "paid")) return { where: all(filter), isSorted: true };
  if (isOfOne) return { where: [...isAnyOf("terminal", terminal), ...others(filter)], each: ofOne };
  if (filter.attention === true || filter.inDoubt === true) return { where: all(filter) };
  if (sort === "paid")
    return {
      where: [...isAnyOf("status", status), ...others(filter)],
      each: { terminal, method: method ?? ALL_METHODS },
    };
  const isLed = filter.reference !== null || filter.customer !== null || filter.amount !== null;
  if (!isLed && status === null && method === null) return { where: others(filter), each: { terminal } };
  return { where: others(filter), each: eachOf(filter) };
}

/** What the words may mean: an identifier, an order, what is kept for searches, an amount. */
function waysOf(filter: OfPayments, search: Search, by: string): Way[] {
  const { words } = search;
  const where = all(filter);
  const named: Condition = (value) => {
    const word = value(words);
    return `listed.id in (select ${word} union all select subject_id from caravela.found_by where key = ${word}
      union all select subject_id from caravela.event where id = ${word})`;
  };
  return [
    { where: [named, ...where], isSorted: true },
    { where: [...is("mandate_id", words), ...where], isSorted: true },
    { where: [...is("plan_id", words), ...where], isSorted: true },
    ledWay(filter, isRead("reference", words)),
    ...byTerms(search, { list: "payment", table: TABLE, by, terminal: filter.terminal }, where),
    ...amountWays(filter, search.amount),
  ];
}

/** An amount, or one of a day: that of the order, or that on which the money moved. */
function amountWays(filter: OfPayments, amount: Search["amount"]): Way[] {
  if (amount === null) return [];
  const isSo = is("amount", amount.cents);
  if (amount.day === null) return [ledWay(filter, isSo)];
  const day = daySpan(amount.day);
  return [
    ledWay(filter, [...isSo, ...isWithin("created_at", day)]),
    { where: [...isSo, ...isWithin("paid_at", day), ...all(filter)], isSorted: true },
  ];
}

/** By a column that has an index of its own, beside what is filtered. */
function ledWay(filter: OfPayments, by: readonly Condition[]): Way {
  if (filter.sort === "paid" || isBounded(filter.paid)) return { where: [...by, ...all(filter)], isSorted: true };
  return { where: [...by, ...others(filter)], each: eachOf(filter) };
}

function eachOf({ terminal, status, method }: OfPayments) {
  return { terminal, status: status ?? PAYMENT_STATUSES, method: method ?? ALL_METHODS };
}
