import { Type } from "typebox";
import type { TerminalId } from "../domain/identifiers.ts";
import { PAYMENT_EVENT_TYPES } from "../domain/payment/events-of.ts";
import { readSearch, type Search } from "../domain/search.ts";
import { ALWAYS, type Span } from "../domain/span.ts";
import { FilterReader, type Query, type ReadFilter, searchQuery, spanQuery, wordsQuery } from "../http/filters.ts";
import { text } from "../http/schemas.ts";
import { EVENT_TYPES, type EventType } from "./types.ts";

/** Which events a list shows; null: whatever it is. */
export interface EventFilter {
  /** Whose. */
  readonly terminal: TerminalId | null;
  readonly created: Span;
  readonly payment: string | null;
  readonly mandate: string | null;
  readonly type: readonly EventType[] | null;
  /** Sent to this endpoint, or to be sent. */
  readonly endpoint: string | null;
  /** Whether an endpoint, or the one that is asked for, has not taken it: still to be tried, or given up. */
  readonly undelivered: boolean | null;
  /** Of what it is to tell. */
  readonly search: Search | null;
}

/** The filter that leaves nothing out. */
export const ALL_EVENTS: EventFilter = {
  terminal: null,
  created: ALWAYS,
  payment: null,
  mandate: null,
  type: null,
  endpoint: null,
  undelivered: null,
  search: null,
};

/** What a list of events may be filtered by. */
export const eventFilters = {
  terminal: Type.Optional(text(20, "The terminal whose it is.")),
  ...spanQuery("created", "recorded"),
  payment: Type.Optional(text(40, "The payment that it tells of.")),
  mandate: Type.Optional(text(40, "The authorised payment that it tells of.")),
  type: wordsQuery("What it tells.", EVENT_TYPES),
  endpoint: Type.Optional(text(40, "The endpoint that it was sent to, or is to be sent to.")),
  undelivered: Type.Optional(
    Type.Boolean({
      description:
        "`true`: an endpoint, or the one that you name, has not taken it, and it is still to be tried, or given up.",
    }),
  ),
  q: searchQuery(
    "its own identifier, or what finds the payments and authorised payments that it tells of: your reference, an identifier of ours or of SIBS, a Multibanco reference, the last four digits of a phone or a card, an e-mail address, an amount, perhaps with its day",
    ["order-17", "123 456 789"],
  ),
};

/** Reads the filters of a list of events. */
export function readEventFilter(query: Query): ReadFilter<EventFilter> {
  const reader = new FilterReader(query);
  const q = reader.value<string>("q");
  const filter: EventFilter = {
    terminal: reader.terminal("terminal"),
    created: reader.span("created"),
    payment: reader.value("payment"),
    mandate: reader.value("mandate"),
    type: reader.words("type", EVENT_TYPES),
    endpoint: reader.value("endpoint"),
    undelivered: reader.flag("undelivered"),
    search: q === null ? null : readSearch(q),
  };
  const { payment, mandate, type } = filter;
  if (payment !== null && mandate !== null) {
    reader.fault("mandate", "leaves nothing beside payment: an event tells of one of them");
  } else if (payment !== null) {
    reader.onlyOf("type", type, OF_PAYMENTS, "an event of a payment tells none of it");
  } else if (mandate !== null) {
    const others = EVENT_TYPES.filter((one) => !OF_PAYMENTS.includes(one));
    reader.onlyOf("type", type, others, "an event of an authorised payment tells none of it");
  }
  return { filter, faults: reader.faults };
}

const OF_PAYMENTS: readonly EventType[] = PAYMENT_EVENT_TYPES;
