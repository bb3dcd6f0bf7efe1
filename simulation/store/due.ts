import type { Row } from "./columns.ts";
import { microseconds, momentAsText, read } from "./columns.ts";
import { type Statement, type Tables, touched } from "./database.ts";

/** Rows that say themselves when they are due, as `DueRows` of the platform is told of them. */
export interface DueTable {
  readonly table: string;
  /** The column that identifies a row. */
  readonly key: string;
  /** The order of those that can be claimed by what stands in them, by `due_at`; with lanes, lane by lane. */
  readonly index: string;
  /** What the handler is given. */
  readonly columns: (tables: Tables, row: Row) => object;
  /** What else must be so; unless it is said, nothing. */
  readonly claimable?: (tables: Tables, row: Row) => boolean;
  /** Unless it is said, there is one lane. */
  readonly lanes?: (tables: Tables) => readonly Lane[];
}

/** A lane, as a claim finds it. */
export interface Lane {
  readonly lane: string;
  readonly room: number;
  /** Before which none is due, in microseconds; null: it is open. */
  readonly opens: number | null;
}

const DUE = /^due-(claim|renew|give-back|any|next)-(.+)$/;

/** The statements of due rows, by the names that the platform gives them. */
export function knowsOfDue(tables: Readonly<Record<string, DueTable>>): (name: string) => Statement | undefined {
  return (name) => {
    const [, does = "", of = ""] = DUE.exec(name) ?? [];
    const table = tables[of];
    return table === undefined ? undefined : STATEMENTS[does]?.(table);
  };
}

/** The first moments at which rows of these are due that are in nobody's hands, asked for together. */
export function nextOfAll(due: readonly DueTable[]): Statement {
  return (tables, [now]) => [
    Object.fromEntries(due.map((one, place) => [place, asDate(nextLeft(tables, one, microseconds(now)))])),
  ];
}

const STATEMENTS: Readonly<Record<string, (table: DueTable) => Statement>> = {
  claim: (due) => (tables, values) => claim(tables, due, values),
  renew:
    (due) =>
    (tables, [keys, leases, leaseMs]) =>
      held(tables, due, keys, leases).map((row) => {
        const until = tables.now + Number(leaseMs) * 1_000;
        tables.of(due.table).update(row, { leased_until: until });
        return { key: row[due.key], lease: momentAsText(until) };
      }),
  "give-back":
    (due) =>
    (tables, [keys, leases]) => {
      const rows = held(tables, due, keys, leases);
      for (const row of rows) tables.of(due.table).update(row, { leased_until: null });
      return touched(rows.length);
    },
  any:
    (due) =>
    (tables, [now]) => [{ due: isAnyDue(tables, due, microseconds(now)) }],
  next:
    (due) =>
    (tables, [now]) => [{ next: asDate(nextLeft(tables, due, microseconds(now))) }],
};

/** The rows that are held by these leases still. */
function held(tables: Tables, { table }: DueTable, keys: unknown, leases: unknown): Row[] {
  const moments = new Set((leases as readonly string[]).map(microseconds));
  return [...new Set(keys as readonly string[])]
    .map((one) => tables.of(table).get(one))
    .filter((row) => row !== undefined)
    .filter(({ leased_until: until }) => until != null && moments.has(Number(until)));
}

/** A row that is taken, and from which lane. */
interface Taken {
  readonly row: Row;
  readonly lane: Lane | null;
}

function claim(tables: Tables, due: DueTable, [at, limit, leaseMs]: readonly unknown[]): object[] {
  const now = microseconds(at);
  const taken = (due.lanes === undefined ? takenOf : takenOfLanes)(tables, due, now, Number(limit));
  const due_next = asDate((due.lanes === undefined ? nextOf : nextOfLanes)(tables, due, now));
  const leased_until = tables.now + Number(leaseMs) * 1_000;
  const due_lease = momentAsText(leased_until);
  for (const { row } of taken) tables.of(due.table).update(row, { leased_until });
  // nothing claimed is one row that holds the next moment alone
  if (taken.length === 0) return [{ due_key: null, due_next }];
  return taken
    .toSorted((one, other) => Number(one.row.due_at) - Number(other.row.due_at))
    .map(({ row, lane }) => ({
      ...due.columns(tables, row),
      due_key: row[due.key],
      due_lease,
      due_since: asDate(Number(row.due_at)),
      due_lane: lane?.lane ?? null,
      due_room: lane?.room ?? null,
      due_next,
    }));
}

function takenOf(tables: Tables, due: DueTable, now: number, limit: number): Taken[] {
  return dueRows(tables, due, now)
    .take(limit)
    .map((row) => ({ row, lane: null }))
    .toArray();
}

function takenOfLanes(tables: Tables, due: DueTable, now: number, limit: number): Taken[] {
  return lanesOf(tables, due).flatMap((one) => {
    const lane = { ...one, room: isShut(one, now) ? 0 : Math.min(Math.max(one.room, 0), limit) };
    return dueRows(tables, due, now, lane)
      .take(lane.room)
      .map((row) => ({ row, lane }))
      .toArray();
  });
}

/** Those that are due and in nobody's hands, in their order. */
function* dueRows(tables: Tables, due: DueTable, now: number, lane?: Lane): Generator<Row, undefined> {
  for (const row of tables.of(due.table).inOrder(due.index, lane?.lane).upTo(now)) {
    if (isFree(tables, row) && isClaimable(tables, due, row)) yield row;
  }
}

/** The first moment after now at which one is due. */
function nextOf(tables: Tables, due: DueTable, now: number): number | null {
  for (const row of tables.of(due.table).inOrder(due.index).after(now)) {
    if (isClaimable(tables, due, row)) return Number(row.due_at);
  }
  return null;
}

/** What waits for an earlier one is at worst looked for in vain. */
function nextOfLanes(tables: Tables, due: DueTable, now: number): number | null {
  return earliest(
    lanesOf(tables, due).map((lane) => {
      const rows = tables.of(due.table).inOrder(due.index, lane.lane);
      const [first] = isShut(lane, now) ? rows : rows.after(now);
      return first === undefined ? null : Math.max(Number(first.due_at), lane.opens ?? Number.NEGATIVE_INFINITY);
    }),
  );
}

function isAnyDue(tables: Tables, due: DueTable, now: number): boolean {
  if (due.lanes === undefined) return dueRows(tables, due, now).some(() => true);
  return lanesOf(tables, due).some(
    (lane) => lane.room > 0 && !isShut(lane, now) && dueRows(tables, due, now, lane).some(() => true),
  );
}

/** The first moment at which one is due that is in nobody's hands, past or to come. */
function nextLeft(tables: Tables, due: DueTable, now: number): number | null {
  const left = (lane?: Lane) => {
    for (const row of tables.of(due.table).inOrder(due.index, lane?.lane)) {
      const isLeft = Number(row.due_at) > now || isFree(tables, row);
      if (isLeft && isClaimable(tables, due, row)) return Number(row.due_at);
    }
    return null;
  };
  if (due.lanes === undefined) return left();
  return earliest(
    lanesOf(tables, due).map((lane) => {
      const first = left(lane);
      return first === null ? null : Math.max(first, lane.opens ?? Number.NEGATIVE_INFINITY);
    }),
  );
}

/** The first moment at which one can be had: it is due by then, and in nobody's hands any more. */
export function nextToBeHad(tables: Tables, due: DueTable): number | null {
  const first = (lane?: Lane) => {
    let moment: number | null = null;
    for (const row of tables.of(due.table).inOrder(due.index, lane?.lane)) {
      if (moment !== null && Number(row.due_at) >= moment) break;
      if (!isClaimable(tables, due, row)) continue;
      moment = Math.min(
        moment ?? Number.POSITIVE_INFINITY,
        Math.max(Number(row.due_at), Number(row.leased_until ?? 0)),
      );
    }
    return moment;
  };
  if (due.lanes === undefined) return first();
  return earliest(
    lanesOf(tables, due).map((lane) => {
      const moment = first(lane);
      return moment === null ? null : Math.max(moment, lane.opens ?? moment);
    }),
  );
}

const lanesOf = (tables: Tables, { lanes }: DueTable): readonly Lane[] => lanes?.(tables) ?? [];
const isShut = ({ opens }: Lane, now: number): boolean => opens !== null && opens > now;
const isFree = (tables: Tables, { leased_until: until }: Row): boolean => until == null || Number(until) < tables.now;
const isClaimable = (tables: Tables, { claimable }: DueTable, row: Row): boolean => claimable?.(tables, row) ?? true;
const asDate = (moment: number | null): unknown => read("timestamp with time zone", moment);

function earliest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.min(...known);
}
