import { addDays } from "@caravela/platform/lisbon";
import { Type } from "typebox";
import { failureReasons } from "../domain/failure.ts";
import { METHODS, rulesOf } from "../domain/methods/index.ts";
import { PAYMENT_STATUSES } from "../domain/payment/state.ts";
import { readSearch } from "../domain/search.ts";
import { isBounded } from "../domain/span.ts";
import { FilterReader, type Query, type ReadFilter, searchQuery, spanQuery, wordsQuery } from "../http/filters.ts";
import { amount, text } from "../http/schemas.ts";
import type { PaymentFilter } from "../storage/listed-payments.ts";

/** The filters that lists of payments and of what was done with them share. */
export const moneyFilters = {
  terminal: Type.Optional(text(20, "The terminal at which it is charged.")),
  ...spanQuery("created", "created"),
  ...spanQuery("paid", "paid: when its money moved"),
  amount: Type.Optional(amount),
  method: wordsQuery("By which way.", METHODS),
  reference: Type.Optional(text(100, "Your own reference.")),
  customer: Type.Optional(text(100, "Your own id of the customer.")),
  mandate: Type.Optional(text(40, "The authorised payment by which the payment was charged.")),
  plan: Type.Optional(text(40, "The plan that made the payment.")),
  attention: Type.Optional(Type.Boolean({ description: "Whether a person must look at it." })),
  in_doubt: Type.Optional(Type.Boolean({ description: "Whether nobody knows yet what became of a call to SIBS." })),
  q: searchQuery(
    "your reference, an identifier of ours or of SIBS, a Multibanco reference, the last four digits of a phone or a card, an e-mail address, an amount, perhaps with its day",
    ["order-17", "123 456 789", "9999", "ana@example.pt", "12,50 2026-11-27"],
  ),
  sort: Type.Optional(
    Type.Enum(["created", "paid"], {
      description: "Newest first by when it was created, or by when its money moved: then only that of which any did.",
    }),
  ),
};

/** So many days of failures, or of refunds, are looked through at most. */
const MOST_DAYS = 31;

const dayQuery = (description: string) =>
  Type.Optional(Type.String({ maxLength: 10, description, examples: ["2026-11-27"] }));

/** What a list of payments may be filtered by. */
export const paymentFilters = {
  ...moneyFilters,
  status: wordsQuery("How it stands.", PAYMENT_STATUSES),
  failed_from: dayQuery("The first day, in Lisbon, on which an attempt of it failed."),
  failed_to: dayQuery(`The last such day: within ${MOST_DAYS} days.`),
  failure: wordsQuery("Why an attempt of it failed on these days.", failureReasons()),
  failed_method: wordsQuery("By which way it was tried then.", METHODS),
  reference_ends: dayQuery("The day, in Lisbon, on which a Multibanco reference of it ends that is still to be paid."),
  refunded_from: dayQuery("The first day, in Lisbon, on which money of it went back."),
  refunded_to: dayQuery(`The last such day: within ${MOST_DAYS} days.`),
};

/** The members that such lists share, as they are read. */
export function readMoneyFilters(reader: FilterReader) {
  const q = reader.value<string>("q");
  return {
    terminal: reader.terminal("terminal"),
    ...reader.createdAndPaid(),
    amount: reader.value<number>("amount"),
    method: reader.words("method", METHODS),
    reference: reader.value<string>("reference"),
    customer: reader.value<string>("customer"),
    mandate: reader.value<string>("mandate"),
    plan: reader.value<string>("plan"),
    attention: reader.flag("attention"),
    inDoubt: reader.flag("in_doubt"),
    search: q === null ? null : readSearch(q),
    sort: reader.value<"created" | "paid">("sort") ?? "created",
  } as const;
}

/** Refuses methods by which nothing is ever held, where only what was held is asked for. */
export function onlyHolding(reader: FilterReader, { method }: Pick<PaymentFilter, "method">): void {
  const holding = METHODS.filter((one) => rulesOf(one).canHold);
  reader.onlyOf("method", method, holding, `money is held by ${holding.join(", ")} alone`);
}

/** Reads the filters of a list of payments. */
export function readPaymentFilter(query: Query): ReadFilter<PaymentFilter> {
  const reader = new FilterReader(query);
  const filter: PaymentFilter = {
    ...readMoneyFilters(reader),
    status: reader.words("status", PAYMENT_STATUSES),
    failed: readFailed(reader),
    referenceEnds: reader.day("reference_ends"),
    refunded: readDays(reader, ["refunded_from", "refunded_to"]),
  };
  if (filter.sort === "paid" || isBounded(filter.paid)) {
    reader.onlyOf("status", filter.status, ["paid"], "only what is paid has a moment at which it was");
  }
  if (filter.status?.every((one) => one === "authorized") === true) onlyHolding(reader, filter);
  return { filter, faults: reader.faults };
}

/** Which failures are asked for; null: none are. */
function readFailed(reader: FilterReader): PaymentFilter["failed"] {
  const reasons = reader.words("failure", failureReasons());
  const methods = reader.words("failed_method", METHODS);
  const days = readDays(reader, ["failed_from", "failed_to"], ["failure", "failed_method"]);
  return days === null ? null : { ...days, reasons, methods };
}

/**
 * Some days, both ends with them; null: none are asked for, or they are none. Without days it would be all that there
 * ever was. @param beside what is asked of these days alone
 */
function readDays(reader: FilterReader, [first, last]: readonly [string, string], beside: readonly string[] = []) {
  const [from, to] = [reader.day(first), reader.day(last)];
  const asked = [first, last, ...beside].filter((name) => reader.value(name) !== null);
  if (asked.length === 0) return null;
  for (const name of [first, last])
    if (!asked.includes(name))
      reader.fault(name, `is needed beside ${asked.join(", ")}: a day in Lisbon, as 2026-11-27`);
  if (from === null || to === null) return null;
  if (from > to) {
    reader.fault(first, `is after ${last}: nothing is in between`);
    reader.fault(last, `is before ${first}: nothing is in between`);
  } else if (from < addDays(to, 1 - MOST_DAYS)) {
    reader.fault(first, `is more than ${MOST_DAYS} days before ${last}: ask for a month at a time`);
  }
  return { from, to };
}
