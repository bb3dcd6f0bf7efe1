import { METHODS } from "../domain/methods/index.ts";
import type { Looks } from "../domain/payment/looks.ts";
import {
  OPERATION_STATUSES,
  type Operation,
  type OperationKind,
  type OperationReason,
  type OperationStatus,
} from "../domain/payment/operation.ts";
import type { Payment } from "../domain/payment/state.ts";
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
  isNamed,
  isOf,
  isSpelt,
  isWithin,
  readList,
  type Way,
} from "./list-query.ts";
import { isOfCharged, isOfChargerNamed } from "./listed-payments.ts";
import { ALL_MONEY, type MoneyFilter, type OfTerminals } from "./money-filter.ts";
import type { Page, PageRequest } from "./paging.ts";
import { STORED } from "./statements.ts";
import { type Lists, listedTerminals } from "./unlisted.ts";
import { readWhole, type WholeQuery } from "./whole-list.ts";

/** Which operations of a kind a list shows; null: whatever it is. */
export interface OperationFilter extends MoneyFilter {
  readonly payment: string | null;
  readonly status: readonly OperationStatus[] | null;
  readonly reason: readonly OperationReason[] | null;
}

/** The filter that leaves nothing out. */
export const ALL_OPERATIONS: OperationFilter = { ...ALL_MONEY, payment: null, status: null, reason: null };

/** An operation, and the payment that it is of. */
export interface OperationOf {
  readonly payment: Payment;
  readonly operation: Operation;
  /** When its money moved; null: it has not. */
  readonly doneAt: Date | null;
}

const TABLE = "listed_operation";

/** A page of captures, or of refunds. */
export async function listOperations(
  lists: Lists,
  kind: OperationKind,
  filter: Partial<OperationFilter>,
  page: PageRequest,
): Promise<Page<OperationOf>> {
  return readList(lists.pool, await queryOf(lists, kind, filter), page, operationOf);
}

/** All captures, or refunds, of a filter, some at a time. */
export async function* everyOperation(
  lists: Lists,
  kind: OperationKind,
  filter: Partial<OperationFilter>,
): AsyncGenerator<readonly OperationOf[]> {
  yield* readWhole(lists.pool, await queryOf(lists, kind, filter), operationOf);
}

async function queryOf(lists: Lists, kind: OperationKind, filter: Partial<OperationFilter>): Promise<WholeQuery> {
  return operationQuery(kind, { ...ALL_OPERATIONS, ...filter }, await listedTerminals(lists, filter.terminal ?? null));
}

function operationOf(row: StoredRow<Looks> & { readonly id: string; readonly done_at: Date | null }): OperationOf {
  const { id, done_at: doneAt } = row;
  const payment = bringUpPaymentRow(row);
  const operation = payment.operations.find((one) => one.id === id);
  if (operation === undefined) throw new TypeError(`${id} is listed of ${payment.id}, which has no such operation`);
  return { payment, operation, doneAt };
}

/** How the operations of a filter are found. `terminal`: whose, as lists write them. */
export function operationQuery(kind: OperationKind, asked: OperationFilter, terminal: readonly string[]): WholeQuery {
  const filter = { ...asked, terminal, kind };
  const by = filter.sort === "created" ? "created_at" : "done_at";
  const ways = filter.search === null ? [wayOf(filter)] : waysOf(filter, filter.search, by);
  const table = `caravela.${TABLE} as own on own.id = page.id join caravela.payment`;
  const shown = { columns: `${STORED}, own.done_at`, table, on: "payment.id = own.subject_id" };
  return { table: TABLE, by, ways, shown, all: all(filter) };
}

type OfKind = OfTerminals<OperationFilter> & { readonly kind: OperationKind };

function others(filter: OfKind): Condition[] {
  return [
    ...is("kind", filter.kind),
    ...isWithin("created_at", filter.created),
    ...isWithin("done_at", filter.paid),
    ...(filter.sort === "paid" ? [() => "listed.done_at is not null"] : []),
    ...is("amount", filter.amount),
    ...is("subject_id", filter.payment),
    ...chargedBy(filter),
    ...isSpelt("reference", filter.reference),
    ...is("customer_id", filter.customer),
    ...isAnyOf("reason", filter.reason),
    ...isFlagged("attention", filter.attention),
    ...(filter.inDoubt === null ? [] : [() => `listed.status ${filter.inDoubt ? "=" : "<>"} 'in_doubt'`]),
  ];
}

function chargedBy({ mandate, plan }: OfKind): Condition[] {
  return [
    ...(mandate === null ? [] : [isOfCharged("subject_id", "mandate_id", mandate)]),
    ...(plan === null ? [] : [isOfCharged("subject_id", "plan_id", plan)]),
  ];
}

function all(filter: OfKind): Condition[] {
  return [...isOf(filter), ...others(filter)];
}

/** The way without a search: in the list's order, as far as an index has it. */
function wayOf(filter: OfKind): Way {
  const { terminal, sort, payment, mandate, plan } = filter;
  const isAcross = isBounded(sort === "created" ? filter.paid : filter.created);
  if (isAcross || payment !== null || mandate !== null || plan !== null) return { where: all(filter), isSorted: true };
  if (filter.attention === true) return { where: all(filter) };
  if (sort === "paid") {
    const where = [...isAnyOf("status", filter.status), ...others(filter)];
    return { where, each: { terminal, method: filter.method ?? METHODS } };
  }
  const status = filter.inDoubt === true ? ["in_doubt"] : (filter.status ?? OPERATION_STATUSES);
  const lead = leadOf(filter);
  const isPlain = lead === null && filter.status === null && filter.method === null && filter.inDoubt !== true;
  if (isPlain) return { where: others(filter), each: { terminal } };
  const where = [...isAnyOf("status", filter.status), ...others(filter)];
  const key = { terminal, kind: [filter.kind], ...lead, status, method: filter.method ?? METHODS };
  return { where: filter.customer === null ? where : [() => "listed.customer_id is not null", ...where], key };
}

/** What tells most of what is wanted, as an index has it; null: nothing does. */
function leadOf({ reference, customer, amount }: OfKind): Readonly<Record<string, readonly string[]>> | null {
  if (customer !== null) return { customer_id: [customer] };
  if (reference !== null) return { "lower(listed.reference)": [reference] };
  return amount === null ? null : { "listed.amount::text": [String(amount)] };
}

/** What the words may mean: an identifier, an order, what is kept for searches, an amount. */
function waysOf(filter: OfKind, search: Search, by: string): Way[] {
  const { words, amount } = search;
  const where = all(filter);
  const sorted = (more: readonly Condition[]): Way => ({ where: [...more, ...where], isSorted: true });
  const { terminal, method } = filter;
  const status = filter.status ?? OPERATION_STATUSES;
  const led = (lead: Readonly<Record<string, readonly string[]>>, more: readonly Condition[] = []): Way => ({
    where: [...more, ...where],
    key: { terminal, kind: [filter.kind], ...lead, status, method: method ?? METHODS },
    isSorted: true,
  });
  const ofDay = (column: string): Condition[] => (amount?.day == null ? [] : isWithin(column, daySpan(amount.day)));
  const ofAmount = { "listed.amount::text": [String(amount?.cents)] };
  return [
    sorted([isNamed("subject_id", words)]),
    sorted([isOfChargerNamed("subject_id", words)]),
    led({ "lower(listed.reference)": [words] }),
    ...byTerms(search, { list: filter.kind, table: TABLE, by, terminal }, where),
    ...(amount === null ? [] : [led(ofAmount, ofDay("created_at"))]),
    ...(amount?.day == null ? [] : [led(ofAmount, ofDay("done_at"))]),
  ];
}
