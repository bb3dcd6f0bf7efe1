import type { Row } from "../columns.ts";
import { microseconds, read } from "../columns.ts";
import { type Statement, type Tables, touched } from "../database.ts";

/** So many deliveries are removed or given up by one statement. */
const PART = 5_000;
const MOST_WAITING = 1_000;
const SHOWN = ["id", "url", "types", "terminal", "secret", "created_at", "ended_at", "end_reason"];

/** Where events are sent. */
export const endpointStatements: Readonly<Record<string, Statement>> = {
  "endpoints-known": (tables) =>
    [...tables.of("caravela.event_endpoint").rows]
      .filter(isThere)
      .toSorted((one, other) => Number(one.created_at) - Number(other.created_at) || (idOf(one) < idOf(other) ? -1 : 1))
      .map(({ id, url, terminal, may_be_inside: mayBeInside }) => ({ id, url, terminal, mayBeInside })),

  "endpoint-create": (tables, [id, url, types, secret, ours, created_at, terminal]) => {
    const endpoints = tables.of("caravela.event_endpoint");
    const given = { id, url, types: types ?? ["*"], secret: secret ?? ours, created_at, terminal };
    return [endpoints.read(endpoints.insert(given), SHOWN)];
  },

  "endpoint-change": (tables, [id, url, types, secret]) => {
    const endpoints = tables.of("caravela.event_endpoint");
    const row = endpoints.get(String(id));
    if (row === undefined) return [];
    endpoints.update(row, {
      url,
      types: types ?? row.types,
      secret: secret ?? row.secret,
      version: Number(row.version) + 1,
      held_until: null,
      ended_at: null,
      end_reason: null,
    });
    return [endpoints.read(row, SHOWN)];
  },

  "endpoint-sent-to": (tables, [id, terminal]) => {
    const row = tables.of("caravela.event_endpoint").get(String(id));
    const isSent = row !== undefined && row.ended_at === null;
    return [{ sent: isSent && (terminal == null || row.terminal === null || row.terminal === terminal) }];
  },

  "endpoint-to-ping": (tables, [id]) => {
    const row = tables.of("caravela.event_endpoint").get(String(id));
    return row === undefined || !isThere(row)
      ? []
      : [{ url: row.url, secret: row.secret, mayBeInside: row.may_be_inside }];
  },

  "endpoint-remove": (tables, [id, at]) => {
    const endpoints = tables.of("caravela.event_endpoint");
    const row = endpoints.get(String(id));
    if (row === undefined) return touched(0);
    endpoints.update(row, {
      ended_at: row.ended_at ?? at,
      end_reason: "removed",
      version: Number(row.version) + 1,
      url: isThere(row) ? `${row.url}#${row.id}` : row.url,
    });
    return touched(1);
  },

  "endpoint-delete-part": (tables, [id]) => {
    const deliveries = tables.of("caravela.delivery");
    if (removedOf(tables, id) === undefined) return touched(0);
    const part = deliveries.having("endpoint_id", String(id)).slice(0, PART);
    for (const row of part) deliveries.remove(row);
    return touched(part.length);
  },

  "endpoint-delete": (tables, [id]) => {
    const endpoints = tables.of("caravela.event_endpoint");
    const row = removedOf(tables, id);
    if (row === undefined) return touched(0);
    const deliveries = tables.of("caravela.delivery");
    for (const one of deliveries.having("endpoint_id", String(id))) deliveries.remove(one);
    endpoints.remove(row);
    return touched(1);
  },

  "endpoint-gone": (tables, [id, version, at]) => {
    const row = endpointOf(tables, id, version);
    if (row === undefined) return touched(0);
    tables.of("caravela.event_endpoint").update(row, { ended_at: row.ended_at ?? at, end_reason: "gone" });
    return touched(1);
  },

  "endpoints-ended": (tables) =>
    [...tables.of("caravela.event_endpoint").rows]
      .filter(({ ended_at }) => ended_at !== null)
      .toSorted((one, other) => (String(one.id) < String(other.id) ? -1 : 1))
      .map(({ id, version, end_reason }) => ({ id, version, removed: end_reason === "removed" })),

  "endpoint-gone-part": (tables, [id, version, at]) => {
    const hasEnded = endpointOf(tables, id, version)?.ended_at != null;
    return touched(hasEnded ? giveUp(tables, String(id), at) : 0);
  },

  "endpoint-learnt": (tables, [id, version, change, heldUntil]) => {
    const row = endpointOf(tables, id, version);
    if (row === undefined) return touched(0);
    const share = Number(row.share);
    const shares: Readonly<Record<string, number>> = {
      grown: Math.min(share + 1, 32),
      halved: Math.max(Math.floor(share / 2), 1),
    };
    const held = heldUntil == null ? row.held_until : Math.max(microseconds(heldUntil), Number(row.held_until));
    tables.of("caravela.event_endpoint").update(row, { share: shares[String(change)] ?? share, held_until: held });
    return touched(1);
  },

  "endpoint-deliveries": (tables, [ids, since]) =>
    (ids as readonly string[]).map((id) => countsOf(tables, id, microseconds(since))),
};

const isThere = ({ end_reason }: Row): boolean => end_reason !== "removed";

const idOf = ({ id }: Row): string => String(id);

function endpointOf(tables: Tables, id: unknown, version: unknown): Row | undefined {
  const row = tables.of("caravela.event_endpoint").get(String(id));
  return row?.version === version ? row : undefined;
}

function removedOf(tables: Tables, id: unknown): Row | undefined {
  const row = tables.of("caravela.event_endpoint").get(String(id));
  return row === undefined || isThere(row) ? undefined : row;
}

/** Gives up what is due there, the first of it first. */
function giveUp(tables: Tables, endpoint: string, given_up_at: unknown): number {
  const deliveries = tables.of("caravela.delivery");
  const due = [...deliveries.inOrder("due", endpoint)].slice(0, PART);
  for (const row of due) deliveries.update(row, { due_at: null, given_up_at });
  return due.length;
}

/** How an endpoint has taken its events since a moment. */
function countsOf(tables: Tables, id: string, since: number): object {
  const hours = tables
    .of("caravela.endpoint_hour")
    .having("endpoint_id", id)
    .filter(({ hour }) => Number(hour) > since);
  const last = (column: string) => hours.map((hour) => hour[column] ?? null).reduce(later, null);
  const failed = hours.find(({ last_failed_at: at }) => at !== null && at === last("last_failed_at"));
  const sum = (column: string) => hours.reduce((all, hour) => all + Number(hour[column]), 0);
  const waiting = tables.of("caravela.delivery").inOrder("due", id)[Symbol.iterator]().take(MOST_WAITING);
  return {
    id,
    delivered: sum("delivered"),
    failed: sum("failed"),
    last_delivered_at: read("timestamp with time zone", last("last_delivered_at")),
    last_failed_at: read("timestamp with time zone", last("last_failed_at")),
    last_status: failed?.last_status ?? null,
    last_failure: failed?.last_failure ?? null,
    waiting: waiting.toArray().length,
  };
}

const later = (one: Row[string], other: Row[string]) =>
  other === undefined || other === null || (one !== null && one !== undefined && one > other) ? (one ?? null) : other;
