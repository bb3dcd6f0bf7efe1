import type { MandateId, SavedCardId } from "../domain/identifiers.ts";

/** The statements that write a decision with all that follows it. */
export interface Statements {
  readonly create: string;
  readonly decide: string;
  /** The same, written only while the row that the decision stands on is as it was read. */
  readonly decideOn: Readonly<Record<GroundTable, string>>;
}

/**
 * A row of another table that a decision stands on. Read, then written elsewhere, it could have changed between: so the
 * deciding statement itself looks whether it is as it was read, and keeps it so until it is written.
 */
export type Ground = {
  /** By what it is known to be unchanged. */
  readonly mark: string;
} & (
  | { readonly table: "mandate"; readonly id: MandateId }
  | { readonly table: "saved_card"; readonly id: SavedCardId }
);

export type GroundTable = Ground["table"];

/** What changes whenever such a row does. */
const MARKS: Readonly<Record<GroundTable, string>> = { mandate: "version::text", saved_card: "transaction_id" };

/** The tables of subjects differ in their names and in the columns that are searched or guarded. */
export interface Table {
  readonly name: string;
  /** Set anew by each decision. */
  readonly changing: readonly string[];
  /** Set once. */
  readonly fixed: readonly string[];
}

// What follows a subject's row in the same statement: its journal, its events and their deliveries, the keys it is
// found by, the notifications that waited for such a key, and the key of the request. An endpoint that is being removed
// is waited for, and gets nothing. $5 facts, $6 events, $7 keys, $8–$15 the request's key.
const followers = `
, journal as (
  insert into caravela.fact (subject_id, number, at, kind, version, data)
  select written.id, f.number, f.at, f.kind, f.version, f.data
    from written, jsonb_to_recordset($5::jsonb) as f (number integer, at timestamptz, kind text, version integer, data jsonb)
), events as (
  insert into caravela.event (id, subject_id, sequence, type, at, body)
  select e.id, written.id, e.sequence, e.type, e.at, e.body
    from written, jsonb_to_recordset($6::jsonb) as e (id text, sequence integer, type text, at timestamptz, body text)
  returning id, subject_id, sequence, type, at
), sent as (
  insert into caravela.delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at)
  select events.id || '.' || event_endpoint.id, events.id, event_endpoint.id, events.subject_id, events.sequence, events.at, events.at
    from events join caravela.event_endpoint on event_endpoint.types && array['*', events.type] and event_endpoint.ended_at is null
     for key share of event_endpoint
), keys as (
  insert into caravela.found_by (key, subject_id)
  select key, written.id from written, unnest($7::text[]) as key
  on conflict (key) do nothing
), matched as (
  update caravela.notification set due_at = received_at
    from written
   where notification.subject_id is null and notification.transaction_id = any ($7::text[])
), request as (
  insert into caravela.idempotency (scope, key, fingerprint, resource, status, body, created_at, operation)
  select $8::text, $9::text, $10::text, $11::text, $12::integer, $13::text, $14::timestamptz, $15::text
    from written where $8::text is not null
)
select id from written`;

/** How many values every statement has before those of its table's own columns. */
const SHARED = 16;

/**
 * The row is locked against change: whoever ends a mandate waits for the charge that is being recorded, and the charge
 * for the end.
 */
const unchanged = (table: GroundTable, place: number) =>
  `exists (select from caravela.${table} where id = $${place} and ${MARKS[table]} = $${place + 1} for share)`;

/**
 * The statements of one table. Their values: $1 id, $2 state, $3 version, $4 due_at, $5–$15 what follows, $16 when it
 * was created, or the version that was decided on; then the changing columns; then, to create, the fixed ones, or the
 * id and the mark of the ground. One that exists already is not created.
 */
export function statementsOf({ name, changing, fixed }: Table): Statements {
  const all = [...changing, ...fixed];
  const places = all.map((_column, index) => `$${SHARED + 1 + index}`);
  const changes = changing.map((column, index) => `${column} = ${places[index]}`);
  const decide = (condition = "") => `
with written as (
  update caravela.${name}
     set ${["state = $2", "version = $3", "due_at = $4", ...changes].join(", ")}
   where id = $1 and version = $16${condition}
  returning id
)${followers}`;
  const on = (table: GroundTable) => decide(` and ${unchanged(table, SHARED + 1 + changing.length)}`);
  return {
    create: `
with written as (
  insert into caravela.${name} (${["id", "state", "version", "due_at", "created_at", ...all].join(", ")})
  values (${["$1", "$2", "$3", "$4", "$16", ...places].join(", ")})
  on conflict do nothing
  returning id
)${followers}`,
    decide: decide(),
    decideOn: { mandate: on("mandate"), saved_card: on("saved_card") },
  };
}
