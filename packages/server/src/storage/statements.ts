import type { MandateId, SavedCardId } from "../domain/identifiers.ts";

/** What follows a decision beside its facts: only what there is stands in its statement. */
export interface Follows {
  readonly events: boolean;
  /** Keys by which it is found from now on. */
  readonly keys: boolean;
  /** The key of the request that asked for it. */
  readonly request: boolean;
  /** The table of the row that the decision stands on. */
  readonly ground: GroundTable | null;
}

/** A statement under the name by which a session knows it. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

/** The statements that write a decision with all that follows it. */
export interface Statements {
  create(follows: Follows): NamedStatement;
  /** Written only on the version that was decided on, and while the row that it stands on is as it was read. */
  decide(follows: Follows): NamedStatement;
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

/** Numbers the places of a statement's values: `$1`, `$2` … */
type Place = (type?: string) => string;

/** Its journal. */
const journal = ($: Place) => `, journal as (
  insert into caravela.fact (subject_id, number, at, kind, version, data)
  select written.id, f.number, f.at, f.kind, f.version, f.data
    from written, jsonb_to_recordset(${$("jsonb")}) as f (number integer, at timestamptz, kind text, version integer, data jsonb)
)`;

/** Its events and their deliveries. An endpoint that is being removed is waited for, and gets nothing. */
const events = ($: Place) => `, told as (
  insert into caravela.event (id, subject_id, sequence, type, at, body)
  select e.id, written.id, e.sequence, e.type, e.at, e.body
    from written, jsonb_to_recordset(${$("jsonb")}) as e (id text, sequence integer, type text, at timestamptz, body text)
  returning id, subject_id, sequence, type, at
), sent as (
  insert into caravela.delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at)
  select told.id || '.' || event_endpoint.id, told.id, event_endpoint.id, told.subject_id, told.sequence, told.at, told.at
    from told join caravela.event_endpoint on event_endpoint.types && array['*', told.type] and event_endpoint.ended_at is null
     for key share of event_endpoint
)`;

/** The keys that it is found by, and the notifications that waited for such a key. */
const keys = ($: Place) => {
  const found = $("text[]");
  return `, keys as (
  insert into caravela.found_by (key, subject_id)
  select key, written.id from written, unnest(${found}) as key
  on conflict (key) do nothing
), matched as (
  update caravela.notification set due_at = received_at
    from written
   where notification.subject_id is null and notification.transaction_id = any (${found})
)`;
};

/** The key of the request. */
const request = ($: Place) => {
  const types = ["text", "text", "text", "text", "integer", "text", "timestamptz", "text"];
  return `, request as (
  insert into caravela.idempotency (scope, key, fingerprint, resource, status, body, created_at, operation)
  select ${types.map($).join(", ")}
    from written
)`;
};

/**
 * The row is locked against change: whoever ends a mandate waits for the charge that is being recorded, and the charge
 * for the end.
 */
const unchanged = (table: GroundTable, $: Place) =>
  ` and exists (select from caravela.${table} where id = ${$()} and ${MARKS[table]} = ${$()} for share)`;

/**
 * The statements of one table, each made once. Their values, in their order: id, state, version, due_at; to create,
 * when it was created, to decide, the version that was decided on; the changing columns, and to create the fixed ones;
 * the id and the mark of the ground; the facts; the events; the keys; the request's key. One that exists already is not
 * created.
 */
export function statementsOf({ name, changing, fixed }: Table): Statements {
  const made = new Map<string, NamedStatement>();
  const once = (does: string, follows: Follows, written: ($: Place) => string): NamedStatement => {
    const parts = [...(follows.events ? ["events"] : []), ...(follows.keys ? ["keys"] : [])];
    const rest = [
      ...(follows.request ? ["request"] : []),
      ...(follows.ground === null ? [] : [`on-${follows.ground}`]),
    ];
    const known = [name, does, ...parts, ...rest].join("-");
    const statement = made.get(known) ?? { name: known, text: textOf(follows, written) };
    made.set(known, statement);
    return statement;
  };
  return {
    create: (follows) =>
      once("create", follows, ($) => {
        const columns = ["id", "state", "version", "due_at", "created_at", ...changing, ...fixed];
        return `
  insert into caravela.${name} (${columns.join(", ")})
  values (${columns.map(() => $()).join(", ")})
  on conflict do nothing
  returning id`;
      }),
    decide: (follows) =>
      once("decide", follows, ($) => {
        const [id, ...row] = [$(), $(), $(), $()];
        const version = $();
        const columns = [
          ...["state", "version", "due_at"].map((column, place) => `${column} = ${row[place]}`),
          ...changing.map((column) => `${column} = ${$()}`),
        ];
        const ground = follows.ground === null ? "" : unchanged(follows.ground, $);
        return `
  update caravela.${name}
     set ${columns.join(", ")}
   where id = ${id} and version = ${version}${ground}
  returning id`;
      }),
  };
}

function textOf(follows: Follows, written: ($: Place) => string): string {
  let places = 0;
  const $: Place = (type) => `$${++places}${type === undefined ? "" : `::${type}`}`;
  return [
    `with written as (${written($)}\n)`,
    journal($),
    follows.events ? events($) : "",
    follows.keys ? keys($) : "",
    follows.request ? request($) : "",
    "\nselect id from written",
  ].join("");
}
