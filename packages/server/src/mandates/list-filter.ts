import { Type } from "typebox";
import { MANDATE_STATUSES } from "../domain/mandate/state.ts";
import { PLAN_STATUSES } from "../domain/plan/state.ts";
import { readSearch } from "../domain/search.ts";
import { isBounded } from "../domain/span.ts";
import { FilterReader, type Query, type ReadFilter, searchQuery, spanQuery, wordsQuery } from "../http/filters.ts";
import { amount, text } from "../http/schemas.ts";
import type { ConsentFilter } from "../storage/consent-filter.ts";
import type { MandateFilter } from "../storage/listed-mandates.ts";
import type { PlanFilter } from "../storage/listed-plans.ts";

/** The filters that lists of mandates and of plans share. */
const consentFilters = {
  terminal: Type.Optional(text(20, "The terminal at which it is charged.")),
  ...spanQuery("created", "created"),
  ...spanQuery("paid", "charged: when the money of any charge by it moved"),
  amount: Type.Optional(amount),
  reference: Type.Optional(text(100, "Your own reference.")),
  customer: Type.Optional(text(100, "Your own id of the customer.")),
  attention: Type.Optional(Type.Boolean({ description: "Whether a person must look at a payment charged by it." })),
};

const IDENTIFIERS =
  "an identifier of ours or of SIBS, also of what was charged by it, the last four digits of the phone";

/** What a list of mandates may be filtered by. */
export const mandateFilters = {
  ...consentFilters,
  amount: Type.Optional({ ...amount, description: "The limit that the customer has set, in cents." }),
  status: wordsQuery("How it stands.", MANDATE_STATUSES),
  in_doubt: Type.Optional(Type.Boolean({ description: "Whether nobody knows yet what became of its request." })),
  q: searchQuery(`your reference, ${IDENTIFIERS}, its limit, perhaps with the day on which it was created`),
};

/** What a list of plans may be filtered by. */
export const planFilters = {
  ...consentFilters,
  amount: Type.Optional({ ...amount, description: "What it charges each time, in cents." }),
  status: wordsQuery("How it stands.", PLAN_STATUSES),
  in_doubt: Type.Optional(Type.Boolean({ description: "Whether nobody knows yet what became of a charge by it." })),
  mandate: Type.Optional(text(40, "The authorised payment that it charges.")),
  q: searchQuery(`your reference, ${IDENTIFIERS}, what it charges, perhaps with the day on which it was created`),
};

/** Those that no customer has agreed to. */
const NEVER_AGREED: readonly string[] = ["pending", "refused"];

/** Reads the filters of a list of mandates. */
export function readMandateFilter(query: Query): ReadFilter<MandateFilter> {
  const reader = new FilterReader(query);
  const filter: MandateFilter = { ...readShared(reader), status: reader.words("status", MANDATE_STATUSES) };
  const agreed = MANDATE_STATUSES.filter((one) => !NEVER_AGREED.includes(one));
  const { status } = filter;
  if (isOfCharges(filter)) reader.onlyOf("status", status, agreed, "nothing was charged before the customer agreed");
  else if (filter.amount !== null)
    reader.onlyOf("status", status, agreed, "there is no limit before the customer agrees");
  if (filter.inDoubt === true)
    reader.onlyOf("status", status, ["pending"], "only a request that is pending is in doubt");
  return { filter, faults: reader.faults };
}

/** Reads the filters of a list of plans. */
export function readPlanFilter(query: Query): ReadFilter<PlanFilter> {
  const reader = new FilterReader(query);
  const filter: PlanFilter = {
    ...readShared(reader),
    status: reader.words("status", PLAN_STATUSES),
    mandate: reader.value("mandate"),
  };
  if (isOfCharges(filter) || filter.inDoubt === true) {
    const begun = PLAN_STATUSES.filter((one) => one !== "pending");
    reader.onlyOf("status", filter.status, begun, "a plan that is pending has not charged yet");
  }
  return { filter, faults: reader.faults };
}

/** Whether only that is asked for by which something was charged. */
function isOfCharges({ paid, attention }: ConsentFilter): boolean {
  return isBounded(paid) || attention === true;
}

function readShared(reader: FilterReader): ConsentFilter {
  const q = reader.value<string>("q");
  return {
    terminal: reader.terminal("terminal"),
    ...reader.createdAndPaid(),
    amount: reader.value("amount"),
    reference: reader.value("reference"),
    customer: reader.value("customer"),
    attention: reader.flag("attention"),
    inDoubt: reader.flag("in_doubt"),
    search: q === null ? null : readSearch(q),
  };
}
