import type { Pool } from "@caravela/platform/postgres/pool";
import { asEventId, asMandateId, asPaymentId } from "../domain/identifiers.ts";
import type { Search } from "../domain/search.ts";
import { problem } from "../http/problems.ts";
import { isThere } from "../storage/events.ts";
import { readList } from "../storage/list-query.ts";
import { ALL_MANDATES, mandateQuery } from "../storage/listed-mandates.ts";
import { ALL_PAYMENTS, paymentQuery } from "../storage/listed-payments.ts";
import { type Lists, listedTerminals } from "../storage/unlisted.ts";
import { NOTHING } from "../storage/whole-list.ts";
import type { EventFilter } from "./list-filter.ts";

/** An endpoint, as a list needs it. */
export interface ListedEndpoint {
  readonly id: string;
  readonly types: readonly string[];
  /** Whose events it is sent; null: those of all. */
  readonly terminal: string | null;
  /** Whether it was never registered anew: it was told of nothing but these types. */
  readonly isFirst: boolean;
}

/** What is known of what a filter asks for, before any event is looked at. */
export interface Sought {
  /** The one that is asked for, else all. */
  readonly endpoints: readonly ListedEndpoint[];
  /** What its search may mean: one event, or the events of these; null: it has none. */
  readonly found: { readonly event: string } | { readonly subjects: readonly string[] } | null;
}

/** So many payments, or authorised payments, are looked through for their events: what means more must say more. */
const MOST_FOUND = 1_000;

/** Looks up what a filter asks for. @throws Problem 422 where its search finds too much. */
export async function seek(lists: Lists, filter: EventFilter): Promise<Sought> {
  const { search } = filter;
  const [endpoints, found] = await Promise.all([
    endpointsOf(lists.pool, filter.endpoint),
    search === null ? null : foundBy(lists, search, filter),
  ]);
  return { endpoints, found };
}

/** Whether there can be no such event. */
export function isInVain({ endpoint }: EventFilter, { endpoints, found }: Sought): boolean {
  const hasNoSubject = found !== null && "subjects" in found && found.subjects.length === 0;
  return hasNoSubject || (endpoint !== null && endpoints.length === 0);
}

async function endpointsOf(pool: Pool, id: string | null): Promise<readonly ListedEndpoint[]> {
  const text = `
select id, types, nullif(terminal, '') as terminal, version = 1 as "isFirst"
  from caravela.event_endpoint where ($1::text is null or id = $1) and ${isThere("event_endpoint")}`;
  return (await pool.query<ListedEndpoint>({ name: "event-list-endpoints", text, values: [id] })).rows;
}

async function foundBy(lists: Lists, search: Search, { terminal }: EventFilter): Promise<NonNullable<Sought["found"]>> {
  const { words } = search;
  if (asEventId(words) !== null) return { event: words };
  if (asPaymentId(words) !== null || asMandateId(words) !== null) return { subjects: [words] };
  const named = await lists.pool.query<{ subject_id: string }>({
    name: "event-subject-named",
    text: "select subject_id from caravela.found_by where key = $1",
    values: [words],
  });
  if (named.rows.length > 0) return { subjects: named.rows.map(({ subject_id }) => subject_id) };
  const terminals = await listedTerminals(lists, terminal);
  const queries = [
    paymentQuery({ ...ALL_PAYMENTS, search }, terminals),
    mandateQuery({ ...ALL_MANDATES, search }, terminal === null ? null : terminals),
  ];
  const pages = await Promise.all(
    queries.map((query) =>
      readList<{ id: string }, string>(lists.pool, { ...query, shown: NOTHING }, { limit: MOST_FOUND }, ({ id }) => id),
    ),
  );
  if (pages.some(({ hasMore }) => hasMore)) {
    throw problem(
      "not_possible",
      `These words find more than ${MOST_FOUND} payments: search for what fewer have, or ask for the events of one \`payment\`.`,
      { field: "q" },
    );
  }
  return { subjects: pages.flatMap(({ data }) => data) };
}
