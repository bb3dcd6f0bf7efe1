import type { TerminalId } from "../domain/identifiers.ts";
import {
  type Condition,
  is,
  isAnyOf,
  isWithin,
  type ListQuery,
  readList,
  type Value,
  type Way,
} from "../storage/list-query.ts";
import { type Page, type PageRequest, pageOf } from "../storage/paging.ts";
import type { Lists } from "../storage/unlisted.ts";
import { readWhole, type WholeQuery } from "../storage/whole-list.ts";
import type { ShopEvent } from "./contents.ts";
import type { EventFilter } from "./list-filter.ts";
import { isInVain, type ListedEndpoint, type Sought, seek } from "./sought.ts";

/** An event of a list, and whether an endpoint has not taken it. */
export type ListedEvent = ShopEvent & { readonly undelivered: boolean };

/** Events, newest first. */
export async function listEvents(lists: Lists, filter: EventFilter, page: PageRequest): Promise<Page<ListedEvent>> {
  const sought = await seek(lists, filter);
  if (isInVain(filter, sought)) return pageOf([], page.limit, (event: never) => event);
  const query = eventQuery(filter, { ...sought, before: lists.before });
  const shown = { ...query.shown, columns: `event.body, ${UNDELIVERED} as undelivered` };
  return readList<{ body: string; undelivered: boolean }, ListedEvent>(
    lists.pool,
    { ...query, shown },
    page,
    ({ body, undelivered }) => ({ ...(JSON.parse(body) as ShopEvent), undelivered }),
  );
}

/**
 * Of each event of a page by itself: PostgreSQL would read all deliveries for an `exists` that it does not filter by.
 */
const UNDELIVERED = `coalesce((select true from caravela.delivery
  where event_id = event.id and (due_at is not null or given_up_at is not null) limit 1), false)`;

/** All events of a filter, some at a time, as `columns` has them read of `event`. */
export async function* everyEvent<R extends object>(
  lists: Lists,
  filter: EventFilter,
  columns: string,
  sought?: Sought,
): AsyncGenerator<readonly R[]> {
  const known = sought ?? (await seek(lists, filter));
  if (isInVain(filter, known)) return;
  const query = eventQuery(filter, { ...known, before: lists.before });
  yield* readWhole<R, R>(lists.pool, { ...query, shown: { ...query.shown, columns } }, (row) => row);
}

interface Found extends Sought {
  /** Whose those are that do not say. */
  readonly before: TerminalId;
}

const ORDER = { table: "event", by: "at", andBy: "sequence" } as const satisfies Partial<ListQuery>;

/** How the events of a filter are found. */
export function eventQuery(filter: EventFilter, found: Found): WholeQuery {
  const shown = { columns: "event.body", table: "caravela.event", on: "event.id = page.id" };
  return { ...ORDER, ways: waysOf(filter, found), shown, all: conditionsOf(filter, found) };
}

/** What an event of a filter is, looked at by itself. */
export function conditionsOf(filter: EventFilter, found: Found): readonly Condition[] {
  const { endpoint, undelivered } = filter;
  return [
    ...ofItself(filter, found),
    ...(endpoint === null ? [] : [isSentTo(endpoint)]),
    ...(undelivered === null ? [] : [isLeft(undelivered, endpoint)]),
  ];
}

/** What it is, whoever was sent it. */
function ofItself({ terminal, created, payment, mandate, type }: EventFilter, { found, before }: Found): Condition[] {
  return [
    ...(terminal === null
      ? []
      : [(value: Value) => `coalesce(listed.terminal, ${value(before)}) = ${value(terminal)}`]),
    ...isWithin("at", created),
    ...is("subject_id", payment ?? mandate),
    ...isAnyOf("type", type),
    ...(found === null ? [] : "event" in found ? is("id", found.event) : isAnyOf("subject_id", found.subjects)),
  ];
}

/** A delivery is known by its event and its endpoint. */
function isSentTo(endpoint: string): Condition {
  return (value) => `exists (select from caravela.delivery where delivery.id = listed.id || '.' || ${value(endpoint)})`;
}

function isLeft(wanted: boolean, endpoint: string | null): Condition {
  return (value) => {
    const at = endpoint === null ? "" : ` and endpoint_id = ${value(endpoint)}`;
    return `${wanted ? "" : "not "}${leftSql("listed", at)}`;
  };
}

/** Whether an endpoint has not taken an event, which is called so. */
export function leftSql(event: string, at = ""): string {
  return `exists (select from caravela.delivery
      where event_id = ${event}.id${at} and (due_at is not null or given_up_at is not null))`;
}

function waysOf(filter: EventFilter, found: Found): Way[] {
  const { payment, mandate, endpoint, undelivered, type, terminal } = filter;
  if (payment !== null || mandate !== null || found.found !== null) {
    return [{ where: conditionsOf(filter, found), isSorted: true }];
  }
  if (undelivered === true) {
    const endpoints = found.endpoints.filter(
      (one) => one.terminal === null || one.terminal === (terminal ?? one.terminal),
    );
    return [bySending(filter, found, endpoints)];
  }
  const [only] = found.endpoints;
  if (endpoint === null || only === undefined) return inOrder(filter, found, type);
  // of one that was registered anew it is not known what it was told of before
  const types = type !== null && only.isFirst ? takenOf(type, only) : type;
  const isOwn = terminal === null || terminal === only.terminal;
  const isTaken = types !== null && takenOf(types, only).length === types.length;
  return isOwn && !isTaken ? [bySending(filter, found, [only])] : inOrder(filter, found, types, betweenSent(endpoint));
}

/** The types of some that an endpoint is told of. */
function takenOf<T extends string>(types: readonly T[], { types: taken }: ListedEndpoint): readonly T[] {
  return taken.includes("*") ? types : types.filter((one) => taken.includes(one));
}

/** In the order in which events were recorded: of these types, of a terminal, or all. */
function inOrder(filter: EventFilter, found: Found, type: readonly string[] | null, more: Condition[] = []): Way[] {
  const { terminal } = filter;
  const where = [...more, ...conditionsOf({ ...filter, terminal: null, type: null }, found)];
  const ways: Way[] = [{ where: [...is("terminal", terminal), ...where], ...(type !== null && { key: { type } }) }];
  if (terminal !== null && terminal === found.before) {
    // those that do not say whose they are
    const sameFirst = type === null ? ["listed.terminal"] : [];
    ways.push({ ...ways[0], where: [() => "listed.terminal is null", ...where], sameFirst });
  }
  return ways;
}

/**
 * Deliveries as events are listed, by `delivery_listed`: what was never asked for again was first due when it was
 * recorded.
 */
const SENT = `(select endpoint_id, case when due_at is null and given_up_at is null then 'taken' else 'left' end as standing,
    coalesce(recorded_at, first_due_at) as at, sequence, event_id as id from caravela.delivery) as sent`;

/** By what was sent to some endpoints, of which each may have been sent the same event. */
function bySending(filter: EventFilter, found: Found, endpoints: readonly ListedEndpoint[]): Way {
  const { undelivered, created } = filter;
  const standing = undelivered === null ? ["left", "taken"] : [undelivered ? "left" : "taken"];
  return {
    from: `${SENT} join caravela.event as listed on listed.id = sent.id`,
    where: [...isWithin("at", created, "sent"), ...ofItself(filter, found)],
    orderedBy: "sent",
    each: { "sent.endpoint_id": endpoints.map(({ id }) => id), "sent.standing": standing },
    repeats: true,
  };
}

/** An endpoint's events lie between the first and the last that it was sent: what is outside is not walked through. */
function betweenSent(endpoint: string): Condition[] {
  const end = (sign: string, which: "min" | "max", order: string): Condition => {
    return (
      value,
    ) => `listed.at ${sign} (select ${which}(one.at) from unnest('{left,taken}'::text[]) as of_each (standing)
      cross join lateral (select sent.at from ${SENT} where sent.endpoint_id = ${value(endpoint)} and sent.standing = of_each.standing
        order by sent.at ${order} limit 1) as one)`;
  };
  return [end(">=", "min", "asc"), end("<=", "max", "desc")];
}
