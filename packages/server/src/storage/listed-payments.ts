import type { CivilDate } from "@caravela/platform/lisbon";
import { asMandateId, asPlanId } from "../domain/identifiers.ts";
import { METHODS } from "../domain/methods/index.ts";
import type { Looks } from "../domain/payment/looks.ts";
import { PAYMENT_STATUSES, type Payment, type PaymentStatus } from "../domain/payment/state.ts";
import { bringUpPaymentRow } from "../domain/payment/stored.ts";
import type { Search } from "../domain/search.ts";
import { daySpan, isBounded, type Span } from "../domain/span.ts";
import type { StoredRow } from "../domain/stored.ts";
import type { ChargedBy } from "./consent-filter.ts";
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
import { endsOn, type FailedAttempt, failedSo, hasAttempt, isAmongAttempts } from "./listed-attempts.ts";
import { NO_METHOD } from "./lists.ts";
import { ALL_MONEY, type MoneyFilter, type OfTerminals } from "./money-filter.ts";
import { type Days, isAmongRefunded, wasRefunded } from "./movements.ts";
import type { Page, PageRequest } from "./paging.ts";
import { STORED } from "./statements.ts";
import { type Lists, listedTerminals } from "./unlisted.ts";
import { readWhole, type WholeQuery } from "./whole-list.ts";

/** Which payments a list shows; null: whatever it is. */
export interface PaymentFilter extends MoneyFilter {
  readonly status: readonly PaymentStatus[] | null;
  /** An attempt of it failed so. */
  readonly failed: FailedAttempt | null;
  /** A reference of it is still to be paid, and ends on this day in Lisbon. */
  readonly referenceEnds: CivilDate | null;
  /** Money of it went back on one of these days. */
  readonly refunded: Omit<Days, "terminal"> | null;
}

/** The filter that leaves nothing out. */
export const ALL_PAYMENTS: PaymentFilter = {
  ...ALL_MONEY,
  status: null,
  failed: null,
  referenceEnds: null,
  refunded: null,
};

const TABLE = "listed_payment";
const ALL_METHODS: readonly string[] = [...METHODS, NO_METHOD];

/** What is of a payment, by this column, that a mandate or a plan charged. */
export function isOfCharged(column: string, by: ChargedBy, id: string): Condition {
  return isOfChargedBy(column, by, (value) => value(id));
}

/** What is of a payment, by this column, that was charged by what the words name, also as SIBS names it. */
export function isOfChargerNamed(column: string, words: string): Condition {
  if (asPlanId(words) !== null) return isOfCharged(column, "plan_id", words);
  return isOfChargedBy(column, "mandate_id", (value) => {
    const word = value(words);
    return `coalesce((select subject_id from caravela.found_by where key = ${word}), ${word})`;
  });
}

/** By that one's index of payments: whatever their status and method are. */
function isOfChargedBy(column: string, by: ChargedBy, id: Condition): Condition {
  return (value) => {
    const [status, method] = [value(PAYMENT_STATUSES), value(ALL_METHODS)];
    return `listed.${column} = any(array(
      select charged.id
        from unnest(${status}::text[]) as of_status (status) cross join unnest(${method}::text[]) as of_method (method)
        join caravela.listed_payment as charged on charged.${by} is not null
         and array[charged.${by}, charged.status, charged.method] = array[${id(value)}, of_status.status, of_method.method]))`;
  };
}

/** A page of payments. */
export async function listPayments(
  lists: Lists,
  filter: Partial<PaymentFilter>,
  page: PageRequest,
): Promise<Page<Payment>> {
  return readList<StoredRow<Looks>, Payment>(lists.pool, await queryOf(lists, filter), page, bringUpPaymentRow);
}

/** All payments of a filter, some at a time. */
export async function* everyPayment(lists: Lists, filter: Partial<PaymentFilter>): AsyncGenerator<readonly Payment[]> {
  yield* readWhole<StoredRow<Looks>, Payment>(lists.pool, await queryOf(lists, filter), bringUpPaymentRow);
}

async function queryOf(lists: Lists, filter: Partial<PaymentFilter>): Promise<WholeQuery> {
  return paymentQuery({ ...ALL_PAYMENTS, ...filter }, await listedTerminals(lists, filter.terminal ?? null));
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
    ...attemptsOf(filter).map(hasAttempt),
    ...(filter.refunded === null ? [] : [wasRefunded(filter.refunded)]),
  ];
}

function all(filter: OfPayments): Condition[] {
  return [...isOf(filter), ...others(filter)];
}

/** What attempts it must have, those first of which there are fewest. */
function attemptsOf({ referenceEnds, failed }: OfPayments) {
  return [...(referenceEnds === null ? [] : [endsOn(referenceEnds)]), ...(failed === null ? [] : [failedSo(failed)])];
}

/** The way without a search: by the index of what is most telling. */
function wayOf(filter: OfPayments): Way {
  const { sort, status, method, attention, inDoubt, refunded } = filter;
  const [such] = attemptsOf(filter);
  if (such !== undefined) return { where: [isAmongAttempts(such, filter.terminal), ...all(filter)], isSorted: true };
  if (refunded !== null) {
    return { where: [isAmongRefunded(refunded, filter.terminal), ...all(filter)], isSorted: true };
  }
  const isByCreation = sort === "created" && !isBounded(filter.paid);
  if (attention === true || inDoubt === true) return { where: all(filter), isSorted: !isByCreation };
  const isPlain = leadOf(filter) === null && status === null && method === null;
  if (isByCreation && isPlain) return { where: others(filter), each: { terminal: filter.terminal } };
  return ledWay(filter, leadOf(filter));
}

/** A column, or what an index has of it, and the one value that is wanted of it. */
interface Lead {
  readonly column: string;
  readonly value: string;
  /** Whether it is of one terminal anyway. */
  readonly isOfOne: boolean;
  /** Without it, it is in no index. */
  readonly isPresent?: string;
}

/** What tells most of what is wanted; null: nothing does. */
function leadOf({ plan, mandate, reference, customer, amount }: OfPayments): Lead | null {
  if (plan !== null) return byPlan(plan);
  if (mandate !== null) return byMandate(mandate);
  if (reference !== null) return byReference(reference);
  if (customer !== null) return { column: "customer_id", value: customer, isOfOne: false, isPresent: "customer_id" };
  return amount === null ? null : byAmount(amount);
}

const byPlan = (value: string): Lead => ({ column: "plan_id", value, isOfOne: true, isPresent: "plan_id" });

const byMandate = (value: string): Lead => ({ column: "mandate_id", value, isOfOne: true, isPresent: "mandate_id" });

const byReference = (reference: string): Lead => ({
  column: "lower(listed.reference)",
  value: reference,
  isOfOne: false,
});

const byAmount = (amount: number): Lead => ({ column: "listed.amount::text", value: String(amount), isOfOne: false });

/** By the one key of an index; in the list's order where that index has it. */
function ledWay(filter: OfPayments, lead: Lead | null, more: readonly Condition[] = []): Way {
  const { sort, terminal } = filter;
  const method = filter.method ?? ALL_METHODS;
  const own: Condition[] = lead?.isPresent === undefined ? [] : [() => `listed.${lead.isPresent} is not null`];
  const leading = lead === null ? {} : { [lead.column]: [lead.value] };
  const isOfPaid = sort === "paid" || isBounded(filter.paid);
  const status = filter.status ?? (isOfPaid ? (["paid"] as const) : PAYMENT_STATUSES);
  const whose = lead?.isOfOne === true ? {} : { terminal };
  const where = [...own, ...more, ...(lead?.isOfOne === true ? isAnyOf("terminal", terminal) : []), ...others(filter)];
  if (!isOfPaid || lead?.isOfOne === true) {
    return { where, key: { ...whose, ...leading, status, method }, isSorted: sort === "paid" };
  }
  // what is paid has indexes of its own, in the order of that moment; sorted otherwise, it is found in its time
  const isSorted = sort === "created" || isBounded(filter.created);
  const paid = [...where, ...isAnyOf("status", filter.status), () => "listed.paid_at is not null"];
  return lead === null
    ? { where: paid, each: { terminal, method }, isSorted }
    : { where: paid, key: { terminal, ...leading, method }, isSorted };
}

/** What the words may mean: an identifier, an order, what is kept for searches, an amount. */
function waysOf(filter: OfPayments, search: Search, by: string): Way[] {
  const { words } = search;
  const where = all(filter);
  return [
    { where: [isNamed("id", words), ...where], isSorted: true },
    chargedWay(filter, words),
    ledWay(filter, byReference(words)),
    ...byTerms(search, { list: "payment", table: TABLE, by, terminal: filter.terminal }, where),
    ...amountWays(filter, search.amount),
  ];
}

/** What was charged by what the words name: by many, where they are its own identifier. */
function chargedWay(filter: OfPayments, words: string): Way {
  if (asMandateId(words) !== null) return ledWay(filter, byMandate(words));
  if (asPlanId(words) !== null) return ledWay(filter, byPlan(words));
  return { where: [isOfChargerNamed("id", words), ...all(filter)], isSorted: true };
}

/** An amount, or one of a day: that of the order, or that on which the money moved. */
function amountWays(filter: OfPayments, amount: Search["amount"]): Way[] {
  if (amount === null) return [];
  const lead = byAmount(amount.cents);
  if (amount.day === null) return [ledWay(filter, lead)];
  const day = daySpan(amount.day);
  return [
    { ...ledWay(filter, lead, isWithin("created_at", day)), isSorted: true },
    { ...ledWay(withPaid(filter, day), lead), isSorted: true },
  ];
}

/** The same filter, of what was paid in a span as well. */
function withPaid(filter: OfPayments, { from, before }: Span): OfPayments {
  const { paid } = filter;
  return {
    ...filter,
    paid: {
      from: paid.from === null || from === null ? (paid.from ?? from) : Math.max(paid.from, from),
      before: paid.before === null || before === null ? (paid.before ?? before) : Math.min(paid.before, before),
    },
  };
}
