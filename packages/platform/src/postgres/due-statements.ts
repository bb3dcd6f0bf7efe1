import type { QueryConfig } from "pg";

/** The value of a row's key column, as the driver reads it. */
export type Key = string | number;

/** A row in hand: what identifies it, the lease it is held by (a moment of the database, to the microsecond), and what was selected of it. */
export interface Claimed<Row> {
  readonly key: Key;
  lease: string;
  readonly row: Row;
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
  leaseMs?: number;
}

export function dueStatements({
  name,
  table,
  key,
  columns,
  claimable = "true",
  leaseMs = 10_000,
}: Table): DueStatements {
  const isDue = `due_at <= $1 and (leased_until is null or leased_until < now()) and (${claimable})`;
  const isNext = `due_at > $1 and (${claimable})`;
  const isLeft = `(due_at > $1 or leased_until is null or leased_until < now()) and (${claimable})`;
  const leaseOf = (parameter: string) => `now() + ${parameter} * interval '1 millisecond'`;
  // a lease's exact moment says whose it is: what another has taken over, or the handler has given back, no longer matches
  const isHeld = `${key} = any($1) and leased_until = any($2::timestamptz[])`;
  const heldValues = (held: readonly Claimed<unknown>[]) => [
    held.map((row) => row.key),
    [...new Set(held.map((row) => row.lease))],
  ];

  // One round trip claims what is due and says when to look again. The select is materialized: joined in, it could be
  // run more than once and claim more than its limit.
  const claimText = `
    with due as materialized (
      select ${key} as due_key from ${table} where ${isDue} order by due_at limit $2 for update skip locked
    ), claimed as (
      update ${table} set leased_until = ${leaseOf("$3")} from due where ${table}.${key} = due.due_key
      returning ${columns}, due_key, leased_until::text as due_lease, due_at as due_since
    )
    select claimed.*, next.due_next
      from (select min(due_at) as due_next from ${table} where ${isNext}) as next
      left join claimed on true
     order by due_since`;
  const renewText = `update ${table} set leased_until = ${leaseOf("$3")} where ${isHeld} returning ${key} as key, leased_until::text as lease`;
  const giveBackText = `update ${table} set leased_until = null where ${isHeld}`;

  return {
    claim: (now, limit) => ({ name: `due-claim-${name}`, text: claimText, values: [now, limit, leaseMs] }),
    renew: (held) => ({ name: `due-renew-${name}`, text: renewText, values: [...heldValues(held), leaseMs] }),
    giveBack: (held) => ({ text: giveBackText, values: heldValues(held) }),
    anyDue: (now) => ({ text: `select exists (select from ${table} where ${isDue}) as due`, values: [now] }),
    next: (now) => ({ text: `select min(due_at) as next from ${table} where ${isLeft}`, values: [now] }),
  };
}

interface ClaimAnswer {
  due_key: Key | null;
  due_lease: string;
  due_since: Date;
  due_next: Date | null;
}

/** Takes the claim's answer apart: the rows, and the first moment after now at which another is due. */
export function unwrap<Row extends object>(answer: readonly object[]): { claimed: Claimed<Row>[]; next: Date | null } {
  const claimed: Claimed<Row>[] = [];
  let next: Date | null = null;
  for (const { due_key, due_lease, due_since: _, due_next, ...row } of answer as ClaimAnswer[]) {
    next = due_next;
    // nothing claimed is one row that holds the next moment alone
    if (due_key !== null) claimed.push({ key: due_key, lease: due_lease, row: row as Row });
  }
  return { claimed, next };
}
