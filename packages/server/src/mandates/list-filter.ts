import { Type } from "typebox";
import { MANDATE_STATUSES } from "../domain/mandate/state.ts";
import { PLAN_STATUSES } from "../domain/plan/state.ts";
import { readSearch } from "../domain/search.ts";
import { FilterReader, type Query, type ReadFilter, searchQuery, spanQuery, wordsQuery } from "../http/filters.ts";
import { amount, text } from "../http/schemas.ts";
import type { MandateFilter, PlanFilter } from "../storage/listed-mandates.ts";

/** The filters that lists of mandates and of plans share. */
function consentFilters(finds: string) {
  return {
    terminal: Type.Optional(text(20, "The terminal at which it is charged.")),
    ...spanQuery("created", "created"),
    reference: Type.Optional(text(100, "Your own reference.")),
    customer: Type.Optional(text(100, "Your own id of the customer.")),
    q: searchQuery(finds),
  };
}

/** What a list of mandates may be filtered by. */
export const mandateFilters = {
  ...consentFilters("your reference, an identifier of ours or of SIBS, the last four digits of the phone"),
  status: wordsQuery("How it stands.", MANDATE_STATUSES),
  in_doubt: Type.Optional(Type.Boolean({ description: "Whether nobody knows yet what became of its request." })),
};

/** What a list of plans may be filtered by. */
export const planFilters = {
  ...consentFilters("your reference, the plan's identifier or its mandate's"),
  status: wordsQuery("How it stands.", PLAN_STATUSES),
  mandate: Type.Optional(text(40, "The authorised payment that it charges.")),
  amount: Type.Optional(amount),
};

/** Reads the filters of a list of mandates. */
export function readMandateFilter(query: Query): ReadFilter<MandateFilter> {
  const reader = new FilterReader(query);
  const status = reader.words("status", MANDATE_STATUSES);
  return { filter: { ...readShared(reader), status, inDoubt: reader.flag("in_doubt") }, faults: reader.faults };
}

/** Reads the filters of a list of plans. */
export function readPlanFilter(query: Query): ReadFilter<PlanFilter> {
  const reader = new FilterReader(query);
  const status = reader.words("status", PLAN_STATUSES);
  const own = { status, mandate: reader.value<string>("mandate"), amount: reader.value<number>("amount") };
  return { filter: { ...readShared(reader), ...own }, faults: reader.faults };
}

function readShared(reader: FilterReader) {
  const q = reader.value<string>("q");
  return {
    terminal: reader.terminal("terminal"),
    created: reader.span("created"),
    reference: reader.value<string>("reference"),
    customer: reader.value<string>("customer"),
    search: q === null ? null : readSearch(q),
  } as const;
}
