import type { QueryConfig } from "pg";

/** The value of a row's key column, as the driver reads it. */
export type Key = string | number;

/**
 * A row in hand: what identifies it, the lease it is held by (a moment of the database, to the microsecond), its lane,
 * and what was selected of it.
 */
export interface Claimed<Row> {
  readonly key: Key;
  lease: string;
  readonly lane: string | null;
  readonly row: Row;
}

/** How rows part into lanes that never keep each other waiting. */
export interface Lanes {
  /** The column that says which lane a row is in; indexed together with `due_at`, and by it alone nowhere else. */
  column: string;
  /**
   * A select of `lane`, of `room`, how many more of its rows may be in hand, and of `opens`, the moment before which
   * none is due, or null.
   */
  select: string;
}

/** The statements by which due rows are found and held. */
export interface DueStatements {
  claim(now: Date, limit: number): QueryConfig;
  renew(held: readonly Claimed<unknown>[]): QueryConfig;
  giveBack(held: readonly Claimed<unknown>[]): QueryConfig;
  anyDue(now: Date): QueryConfig;
  next(now: Date): QueryConfig;
  /** The select of the first moment at which a row is due that is in nobody's hands; now is its `$1`. */
  readonly nextSelect: string;
}

interface Table {
  name: string;
  table: string;
  key: string;
  columns: string;
  claimable?: string;
  lanes?: Lanes;
  leaseMs?: number;
}

/** The selects of which the statements are made. */
interface Source {
  /** What the others stand on, as it begins a `with`. */
  readonly before: string;
  /** The keys to be claimed, each with its lane and the room in that lane. */
  readonly due: string;
  /** The first moment after now at which a row is due. */
  readonly next: string;
  /** A row, where one is due and has room. */
  readonly anyDue: string;
  /** The first moment at which a row is due that is in nobody's hands. */
  readonly nextLeft: string;
}

export function dueStatements({
  name,
  table,
  key,
  columns,
  claimable = "true",
  lanes,
  leaseMs = 10_000,
}: Table): DueStatements {
  const rows = { table, key, claimable };
  const source = lanes === undefined ? oneLane(rows) : manyLanes(rows, lanes);
  const leaseOf = (parameter: string) => `now() + ${parameter} * interval '1 millisecond'`;
  // a lease's exact moment says whose it is: what another has taken over, or the handler has given back, no longer
  // matches
  const isHeld = `${key} = any($1) and leased_until = any($2::timestamptz[])`;
  const heldValues = (held: readonly Claimed<unknown>[]) => [
    held.map((row) => row.key),
    [...new Set(held.map((row) => row.lease))],
  ];

  // One round trip claims what is due and says when to look again. The select is materialized: joined in, it could be
  // run more than once and claim more than its limit.
  const claimText = `
    with ${source.before}due as materialized (${source.due}), claimed as (
      update ${table} set leased_until = ${leaseOf("$3")} from due where ${table}.${key} = due.due_key
      returning ${columns}, due_key, leased_until::text as due_lease, due_at as due_since, due_lane, due_room
    )
    select claimed.*, next.due_next
      from (${source.next}) as next
      left join claimed on true
     order by due_since`;
  const renewText = `update ${table} set leased_until = ${leaseOf("$3")} where ${isHeld} returning ${key} as key, leased_until::text as lease`;
  const giveBackText = `update ${table} set leased_until = null where ${isHeld}`;

  return {
    claim: (now, limit) => ({ name: `due-claim-${name}`, text: claimText, values: [now, limit, leaseMs] }),
    renew: (held) => ({ name: `due-renew-${name}`, text: renewText, values: [...heldValues(held), leaseMs] }),
    giveBack: (held) => ({ name: `due-give-back-${name}`, text: giveBackText, values: heldValues(held) }),
    anyDue: (now) => ({
      name: `due-any-${name}`,
      text: `select exists (${source.anyDue}) as due`,
      values: [now],
    }),
    next: (now) => ({ name: `due-next-${name}`, text: source.nextLeft, values: [now] }),
    nextSelect: source.nextLeft,
  };
}

type Rows = Required<Pick<Table, "table" | "key" | "claimable">>;

const IS_FREE = "(leased_until is null or leased_until < now())";
const isDue = ({ claimable }: Rows) => `due_at <= $1 and ${IS_FREE} and (${claimable})`;
const isLeft = ({ claimable }: Rows) => `due_at is not null and (due_at > $1 or ${IS_FREE}) and (${claimable})`;

function oneLane(rows: Rows): Source {
  const { table, key, claimable } = rows;
  return {
    before: "",
    due: `select ${key} as due_key, null as due_lane, null::integer as due_room
      from ${table} where ${isDue(rows)} order by due_at limit $2 for update skip locked`,
    next: `select min(due_at) as due_next from ${table} where due_at > $1 and (${claimable})`,
    anyDue: `select from ${table} where ${isDue(rows)}`,
    nextLeft: `select min(due_at) as next from ${table} where ${isLeft(rows)}`,
  };
}

/** Of each lane the first rows alone are read, in their order, however many wait there. */
function manyLanes(rows: Rows, { column, select }: Lanes): Source {
  const { table, key } = rows;
  const isShut = "coalesce(lane.opens > $1, false)";
  const inLane = (columns: string, which: string) =>
    `select ${columns} from ${table} where ${table}.${column} = lane.lane and ${which} order by due_at`;
  return {
    // the room in a lane is counted once
    before: `lane as materialized (
      select lane, opens, case when ${isShut} then 0 else least(greatest(room, 0), $2) end as room from (${select}) as lane), `,
    due: `select job.due_key, lane.lane as due_lane, lane.room as due_room
      from lane cross join lateral (
        ${inLane(`${key} as due_key`, isDue(rows))} limit lane.room for update skip locked) as job`,
    // what waits for an earlier one is at worst looked for in vain
    next: `select min(greatest(job.due_at, lane.opens)) as due_next
      from lane cross join lateral (
        ${inLane("due_at", `due_at > case when ${isShut} then '-infinity' else $1 end`)} limit 1) as job`,
    anyDue: `select from (${select}) as lane cross join lateral (${inLane("", isDue(rows))} limit 1) as job
      where lane.room > 0 and not ${isShut}`,
    nextLeft: `select min(greatest(job.due_at, lane.opens)) as next
      from (${select}) as lane cross join lateral (${inLane("due_at", isLeft(rows))} limit 1) as job`,
  };
}

interface ClaimAnswer {
  due_key: Key | null;
  due_lease: string;
  due_since: Date;
  due_next: Date | null;
  due_lane: string | null;
  due_room: number | null;
}

/** What a claim brought. */
interface Claim<Row> {
  readonly claimed: Claimed<Row>[];
  /** The first moment after now at which another is due. */
  readonly next: Date | null;
  /** The lanes that took all that there was room for: they may hold more. */
  readonly filled: ReadonlySet<string>;
}

/** Takes the claim's answer apart. */
export function unwrap<Row extends object>(answer: readonly object[]): Claim<Row> {
  const claimed: Claimed<Row>[] = [];
  let next: Date | null = null;
  const left = new Map<string, number>();
  for (const { due_key, due_lease, due_since: _, due_next, due_lane, due_room, ...row } of answer as ClaimAnswer[]) {
    next = due_next;
    // nothing claimed is one row that holds the next moment alone
    if (due_key === null) continue;
    claimed.push({ key: due_key, lease: due_lease, lane: due_lane, row: row as Row });
    if (due_lane !== null) left.set(due_lane, (left.get(due_lane) ?? due_room ?? 0) - 1);
  }
  return { claimed, next, filled: new Set([...left].filter(([, room]) => room <= 0).map(([lane]) => lane)) };
}
