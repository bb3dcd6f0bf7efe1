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
  /** The column that says which lane a row is in; indexed together with `due_at`. */
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

/** Which rows are looked at, and when one of them is due: `moment` is its own, or that at which its lane opens. */
interface Source {
  /** The select of the keys to be claimed, each with its lane and the room in that lane. */
  readonly due: string;
  readonly rows: string;
  readonly moment: string;
  readonly hasRoom: string;
  /** The first moment after now at which a row is due. */
  readonly next: string;
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
  const isFree = "(leased_until is null or leased_until < now())";
  const isDue = `due_at <= $1 and ${isFree} and (${claimable})`;
  const isLeft = `due_at is not null and (due_at > $1 or ${isFree}) and (${claimable})`;
  const source =
    lanes === undefined ? oneLane({ table, key, claimable }, isDue) : manyLanes({ table, key }, lanes, isDue);
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
    with due as materialized (${source.due}), claimed as (
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
      text: `select exists (select from ${source.rows} where ${isDue} and ${source.hasRoom}) as due`,
      values: [now],
    }),
    next: (now) => ({
      name: `due-next-${name}`,
      text: `select min(${source.moment}) as next from ${source.rows} where ${isLeft}`,
      values: [now],
    }),
  };
}

type Rows = Pick<Table, "table" | "key" | "claimable">;

function oneLane({ table, key, claimable }: Rows, isDue: string): Source {
  return {
    due: `select ${key} as due_key, null as due_lane, null::integer as due_room
      from ${table} where ${isDue} order by due_at limit $2 for update skip locked`,
    rows: table,
    moment: "due_at",
    hasRoom: "true",
    next: `select min(due_at) as due_next from ${table} where due_at > $1 and (${claimable})`,
  };
}

function manyLanes({ table, key }: Rows, { column, select }: Lanes, isDue: string): Source {
  const isShut = "coalesce(lane.opens > $1, false)";
  const room = `case when ${isShut} then 0 else least(greatest(lane.room, 0), $2) end`;
  return {
    due: `select job.due_key, lane.lane as due_lane, ${room} as due_room
      from (${select}) as lane cross join lateral (
        select ${key} as due_key from ${table} where ${table}.${column} = lane.lane and ${isDue}
         order by due_at limit ${room} for update skip locked) as job`,
    rows: `(${select}) as lane join ${table} on ${table}.${column} = lane.lane`,
    moment: "greatest(due_at, lane.opens)",
    hasRoom: `lane.room > 0 and not ${isShut}`,
    // of each lane its first row alone is looked at: what waits for an earlier one is at worst looked for in vain
    next: `select min(greatest(job.due_at, lane.opens)) as due_next
      from (${select}) as lane cross join lateral (
        select due_at from ${table}
         where ${table}.${column} = lane.lane and due_at > case when ${isShut} then '-infinity' else $1 end
         order by due_at limit 1) as job`,
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
