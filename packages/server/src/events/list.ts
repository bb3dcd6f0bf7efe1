import type { Pool } from "@caravela/platform/postgres/pool";
import { Type } from "typebox";
import type { EventId, TerminalId } from "../domain/identifiers.ts";
import { ALWAYS, type Span } from "../domain/span.ts";
import { FilterReader, type Query, type ReadFilter, spanQuery, wordsQuery } from "../http/filters.ts";
import { text } from "../http/schemas.ts";
import { type Condition, is, isAnyOf, isWithin, readList, type Value, type Way } from "../storage/list-query.ts";
import { type Page, type PageRequest, pageOf } from "../storage/paging.ts";
import type { Lists } from "../storage/unlisted.ts";
import { readWhole, type WholeQuery } from "../storage/whole-list.ts";
import type { ShopEvent } from "./contents.ts";
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
  /** Whether an endpoint has not taken it: still to be tried, or given up. */
  readonly undelivered: boolean | null;
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
    Type.Boolean({ description: "`true`: an endpoint has not taken it, and it is still to be tried, or given up." }),
  ),
};

/** Reads the filters of a list of events. */
export function readEventFilter(query: Query): ReadFilter<EventFilter> {
  const reader = new FilterReader(query);
  const filter: EventFilter = {
    terminal: reader.terminal("terminal"),
    created: reader.span("created"),
    payment: reader.value("payment"),
    mandate: reader.value("mandate"),
    type: reader.words("type", EVENT_TYPES),
    endpoint: reader.value("endpoint"),
    undelivered: reader.flag("undelivered"),
  };
  if (filter.payment !== null && filter.mandate !== null) {
    reader.fault("mandate", "leaves nothing beside payment: an event tells of one of them");
  }
  return { filter, faults: reader.faults };
}

/** Events, newest first. */
export async function listEvents(
  { pool, before }: Lists,
  filter: EventFilter,
  page: PageRequest,
): Promise<Page<ShopEvent>> {
  const endpoints = await endpointsOf(pool, filter.endpoint);
  if (filter.endpoint !== null && endpoints.length === 0) return pageOf([], page.limit, (event: never) => event);
  return readList<{ body: string; id: EventId }, ShopEvent>(
    pool,
    eventQuery(filter, { endpoints, before }),
    page,
    ({ body }) => JSON.parse(body) as ShopEvent,
  );
}

/** All events of a filter, some at a time, as `shown` has them read of `event`. */
export async function* everyEvent<R extends object>(
  { pool, before }: Lists,
  filter: EventFilter,
  columns: string,
): AsyncGenerator<readonly R[]> {
  const endpoints = await endpointsOf(pool, filter.endpoint);
  if (filter.endpoint !== null && endpoints.length === 0) return;
  const query = eventQuery(filter, { endpoints, before });
  yield* readWhole<R, R>(pool, { ...query, shown: { ...query.shown, columns } }, (row) => row);
}

/** An endpoint, as a list needs it. */
interface ListedEndpoint {
  readonly id: string;
  readonly types: readonly string[];
}

async function endpointsOf(pool: Pool, id: string | null): Promise<readonly ListedEndpoint[]> {
  const text = "select id, types from caravela.event_endpoint where $1::text is null or id = $1";
  return (await pool.query<ListedEndpoint>({ name: "event-list-endpoints", text, values: [id] })).rows;
}

interface Found {
  /** The one that is asked for, else all. */
  readonly endpoints: readonly ListedEndpoint[];
  /** Whose those are that do not say. */
  readonly before: TerminalId;
}

/** How the events of a filter are found. */
export function eventQuery(filter: EventFilter, { endpoints, before }: Found): WholeQuery {
  const shown = { columns: "event.body", table: "caravela.event", on: "event.id = page.id" };
  const { terminal } = filter;
  const { where, ...way } = wayOf(filter, endpoints);
  const ways: Way[] = [{ ...way, where: [...is("terminal", terminal), ...where] }];
  if (terminal !== null && terminal === before) {
    // those that do not say whose they are
    const sameFirst = way.key === undefined ? ["listed.terminal"] : [];
    ways.push({ ...way, where: [() => "listed.terminal is null", ...where], sameFirst });
  }
  return { table: "event", by: "at", andBy: "sequence", ways, shown, all: conditionsOf(filter, before) };
}

/** What an event of a filter is, looked at by itself. `before`: whose those are that do not say. */
export function conditionsOf(filter: EventFilter, before: TerminalId): readonly Condition[] {
  const { terminal, endpoint, undelivered } = filter;
  return [
    ...(terminal === null
      ? []
      : [(value: Value) => `coalesce(listed.terminal, ${value(before)}) = ${value(terminal)}`]),
    ...isWithin("at", filter.created),
    ...is("subject_id", filter.payment ?? filter.mandate),
    ...isAnyOf("type", filter.type),
    ...(endpoint === null ? [] : [isSentTo(endpoint)]),
    ...(undelivered === null ? [] : [isLeft(undelivered, endpoint)]),
  ];
}

function isLeft(wanted: boolean, endpoint: string | null): Condition {
  return (value) => {
    const at = endpoint === null || !wanted ? "" : ` and endpoint_id = ${value(endpoint)}`;
    return `${wanted ? "" : "not "}${leftSql("listed", at)}`;
  };
}

/** Whether an endpoint has not taken an event, which is called so. */
export function leftSql(event: string, at = ""): string {
  return `exists (select from caravela.delivery
      where event_id = ${event}.id${at} and (due_at is not null or given_up_at is not null))`;
}

function wayOf(filter: EventFilter, endpoints: readonly ListedEndpoint[]): Way {
  const { payment, mandate, undelivered } = filter;
  const subject = payment ?? mandate;
  const where: Condition[] = [
    ...isWithin("at", filter.created),
    ...is("subject_id", subject),
    ...(filter.endpoint === null ? [] : [isSentTo(filter.endpoint)]),
    ...(undelivered === null ? [] : [isUndelivered(undelivered, endpoints)]),
  ];
  const types = typesOf(filter, endpoints);
  if (subject !== null || undelivered === true) return { where: [...isAnyOf("type", types), ...where], isSorted: true };
  return types === null ? { where } : { where, key: { type: types } };
}

/** Those that are asked for, of those that the endpoint takes. */
function typesOf({ type, endpoint }: EventFilter, [only]: readonly ListedEndpoint[]): readonly string[] | null {
  if (endpoint === null || only === undefined || only.types.includes("*")) return type;
  return type === null ? only.types : type.filter((one) => only.types.includes(one));
}

/** A delivery is known by its event and its endpoint. */
function isSentTo(endpoint: string): Condition {
  return (value) => `exists (select from caravela.delivery where delivery.id = listed.id || '.' || ${value(endpoint)})`;
}

/** By what is due at each endpoint, and what was given up there. */
function isUndelivered(wanted: boolean, endpoints: readonly ListedEndpoint[]): Condition {
  if (!wanted) return isLeft(false, null);
  return (value) => {
    const all = value(endpoints.map(({ id }) => id));
    const left = (which: string) =>
      `select event_id from caravela.delivery where endpoint_id = any(${all}::text[]) and ${which} is not null`;
    return `listed.id in (${left("due_at")} union ${left("given_up_at")})`;
  };
}
