import { type Given, type Kept, microseconds, type Row, read, rowsIn } from "../columns.ts";
import type { Statement, Tables } from "../database.ts";
import type { DueTable, Lane } from "../due.ts";
import { lineOf } from "./event-shapes.ts";

/** An endpoint has so many under way at most, however large its share is. */
const MOST_IN_HAND = 32;
const HOUR = 3_600_000_000;

/** Where an event of a terminal is sent: to the endpoints of that one and of all that want its type. */
export function receiversOf(tables: Tables, { type }: Row, terminal: Kept): readonly Row[] {
  return [...tables.of("caravela.event_endpoint").rows].filter((endpoint) => {
    const types: readonly string[] = JSON.parse(String(endpoint.types));
    const isWanted = types.includes("*") || types.includes(String(type));
    return isWanted && endpoint.ended_at === null && (endpoint.terminal ?? terminal) === terminal;
  });
}

/** What is the same in every delivery of an event to an endpoint. */
export function newDelivery({ id, subject_id, sequence }: Row, endpoint: Row): Given {
  return { id: `${id}.${endpoint.id}`, event_id: id, endpoint_id: endpoint.id, subject_id, sequence };
}

/** Deliveries as what is due, each endpoint a lane. */
export const dueDeliveries: DueTable = {
  table: "caravela.delivery",
  key: "id",
  index: "due",
  columns: (tables, row) => {
    const columns = ["id", "event_id", "due_at", "first_due_at", "round", "try_count"];
    const body = tables.of("caravela.event").get(row.event_id ?? null)?.body ?? null;
    return { ...tables.of("caravela.delivery").read(row, columns), body, endpoint: receiver(tables, row) };
  },
  claimable: (tables, { endpoint_id, subject_id, sequence }) => {
    const [first] = tables.of("caravela.delivery").inOrder("line", lineOf(endpoint_id, subject_id));
    return first === undefined || Number(first.sequence) >= Number(sequence);
  },
  lanes: (tables) =>
    [...tables.of("caravela.event_endpoint").rows]
      .filter(({ ended_at }) => ended_at === null)
      .map((endpoint) => laneOf(tables, endpoint)),
};

function receiver(tables: Tables, { endpoint_id }: Row): object | null {
  const row = tables.of("caravela.event_endpoint").get(endpoint_id ?? null);
  if (row === undefined) return null;
  const { id, url, secret, version, share, may_be_inside: mayBeInside } = row;
  return { id, url, secret, version, share, mayBeInside };
}

function laneOf(tables: Tables, { id, held_until, share }: Row): Lane {
  const inHand = tables
    .of("caravela.delivery")
    .inOrder("held", String(id))
    .after(tables.now - 1)
    .take(MOST_IN_HAND)
    .toArray();
  return {
    lane: String(id),
    opens: held_until == null ? null : Number(held_until),
    room: Number(share) - inHand.length,
  };
}

/** A delivery that was tried, as it stood before and as it stands now. */
interface Tried {
  readonly row: Row;
  readonly said: Given;
  readonly now: number;
  /** What else of its line was due behind it. */
  readonly behind: readonly Behind[];
}

interface Behind {
  readonly row: Row;
  readonly due_at: number;
  readonly try_count: number;
}

/** How tries of deliveries went. */
export const deliveryStatements: Readonly<Record<string, Statement>> = {
  "delivery-tried": (tables, [tries, ids]) => {
    const given = new Set(ids as readonly string[]);
    const all = rowsIn(tries)
      .map((said) => asTried(tables, said))
      .filter((tried) => tried !== null);
    for (const one of all) writeDown(tables, one);
    putOffBehind(tables, all, given);
    countHours(tables, all);
    return all.map((one) => ({ id: one.row.id, more: isMoreDue(one) }));
  },
};

function asTried(tables: Tables, said: Given): Tried | null {
  const deliveries = tables.of("caravela.delivery");
  const row = deliveries.get(String(said.id));
  if (row === undefined) return null;
  const behind = deliveries
    .inOrder("line", lineOf(row.endpoint_id, row.subject_id))
    .after(Number(row.sequence))
    .map((one) => ({ row: one, due_at: Number(one.due_at), try_count: Number(one.try_count) }))
    .toArray();
  return { row, said, now: microseconds(said.now), behind };
}

/** Asked for again meanwhile, or done by another process, it stays as that left it: the try alone is added. */
function writeDown(tables: Tables, { row, said }: Tried): void {
  const isSameRound = row.round === said.round;
  const isSet = isSameRound && (said.next == null || row.due_at === microseconds(said.due));
  tables.of("caravela.delivery").update(row, {
    tries: [...JSON.parse(String(row.tries)), ...(said.tries as readonly unknown[])],
    ...(isSameRound && { try_count: said.count, first_due_at: said.since }),
    ...(isSet && { due_at: said.next }),
    ...(said.is_given_up === true && isSameRound
      ? { given_up_at: said.now }
      : said.failure === null && { given_up_at: null }),
    ...(row.leased_until === microseconds(said.lease) && { leased_until: null }),
  });
}

/** What is behind a failed try is looked at again with it, not before, and at once when that is over. */
function putOffBehind(tables: Tables, all: readonly Tried[], given: ReadonlySet<string>): void {
  const changed = new Set<Row>();
  for (const { row, now, behind } of all) {
    const again = row.due_at === null ? null : Number(row.due_at);
    for (const { row: one, due_at, try_count } of behind) {
      if (given.has(String(one.id)) || changed.has(one)) continue;
      const isPutOff = again === null ? due_at > now && try_count === 0 : due_at < again;
      if (!isPutOff) continue;
      changed.add(one);
      tables.of("caravela.delivery").update(one, { due_at: again === null ? now : Math.max(due_at, again) });
    }
  }
}

/** Whether something more is due at its endpoint. */
function isMoreDue({ row, now, behind }: Tried): boolean {
  if (row.due_at !== null) return Number(row.due_at) <= now;
  return behind.some(({ due_at, try_count }) => due_at <= now || try_count === 0);
}

/** What was tried counts in each endpoint's hour. */
function countHours(tables: Tables, all: readonly Tried[]): void {
  const hours = tables.of("caravela.endpoint_hour");
  for (const { row, said, now } of all.toSorted((one, other) => one.now - other.now)) {
    const hour = Math.floor(now / HOUR) * HOUR;
    const isTaken = said.failure == null;
    const given = {
      endpoint_id: row.endpoint_id,
      hour,
      delivered: isTaken ? 1 : 0,
      failed: isTaken ? 0 : 1,
      ...(isTaken ? { last_delivered_at: now } : lastFailure(said, now)),
    };
    hours.upsert(given, "endpoint_hour_pkey", (known) => ({
      delivered: Number(known.delivered) + given.delivered,
      failed: Number(known.failed) + given.failed,
      ...(isTaken
        ? { last_delivered_at: Math.max(Number(known.last_delivered_at), now) }
        : { ...lastFailure(said, now), last_failed_at: Math.max(Number(known.last_failed_at), now) }),
    }));
  }
}

const lastFailure = ({ status, failure }: Given, now: number) => ({
  last_failed_at: now,
  last_status: status,
  last_failure: failure,
});

/** What became of an event at each endpoint, and every try. */
export function deliveriesOf(
  tables: Tables,
  event: string,
): { readonly endpoints: object[]; readonly deliveries: object[] } {
  const rows = tables
    .of("caravela.delivery")
    .having("event_id", event)
    .toSorted((one, other) => (String(one.endpoint_id) < String(other.endpoint_id) ? -1 : 1));
  const tries = rows.flatMap(({ endpoint_id: endpoint, tries }) =>
    (JSON.parse(String(tries)) as { at: string }[]).map((one) => ({ endpoint, ...one })),
  );
  return {
    endpoints: rows.map(standingOf),
    deliveries: tries.toSorted((one, other) => (one.at === other.at ? 0 : one.at < other.at ? -1 : 1)),
  };
}

function standingOf({ endpoint_id: endpoint, due_at, tries }: Row): object {
  const all: readonly { readonly status: number | null }[] = JSON.parse(String(tries));
  const last = all.at(-1)?.status ?? 0;
  const isTaken = last >= 200 && last < 300;
  const nextTryAt = read("timestamp with time zone", due_at ?? null);
  return {
    endpoint,
    standing: due_at !== null ? "waiting" : isTaken ? "delivered" : "given_up",
    tries: all.length,
    nextTryAt: nextTryAt instanceof Date ? nextTryAt.toISOString() : null,
  };
}
