import { CARD_COLUMNS } from "./cards.ts";
import { type GroundTable, MARKS } from "./ground.ts";
import { LIST_TABLE_NAMES, type ListTableName, listTable } from "./lists.ts";

/** What is read of a row, to make a subject of it. */
export const STORED = "state, looks, looked";

/** What a statement writes: only what there is stands in it. */
export interface Shape {
  readonly table: "payment" | "mandate";
  /** The columns of its rows. */
  readonly columns: readonly string[];
  readonly creates: boolean;
  /** Whether a row is waited for that somebody else holds. */
  readonly waits: boolean;
  /** Whether anything happened: what an inquiry found that is no fact is noted in the row alone. */
  readonly facts: boolean;
  /** Whether the shop is told. */
  readonly events: boolean;
  /** Whether there are keys by which a subject is found from now on. */
  readonly keys: boolean;
  /** Whether there are keys of requests. */
  readonly requests: boolean;
  /** Whether something counts in a day's refunds of a key that has a limit. */
  readonly spends: boolean;
  /** Whether something counts in such a day no more. */
  readonly uncounts: boolean;
  /** Whether a customer's card is kept. */
  readonly cards: boolean;
  /** The table of the row that the decision stands on. */
  readonly ground: GroundTable | null;
  /** The tables of lists of which rows are written, and those of which rows are removed. */
  readonly lists: readonly ListTableName[];
  readonly unlists: readonly ListTableName[];
}

/** Gives the place of the next value: `$1`, `$2` … */
type Place = () => string;

/** The rows of a list of JSON, as a table of ours has them. */
const rowsOf = (table: string, $: Place) => `json_populate_recordset(null::caravela.${table}, ${$()}::json)`;

/** One that exists already is not created. */
function created({ table, columns }: Shape, $: Place): string {
  return `
  insert into caravela.${table} (${columns.join(", ")})
  select ${columns.join(", ")} from ${rowsOf(table, $)}
  on conflict do nothing
  returning id`;
}

/**
 * Written only on the version that was decided on, with the looks that were known then, and while the row that it
 * stands on is as it was read. Of many, those are left out that somebody else holds: they would have the others wait.
 */
function changed({ table, columns, waits, ground }: Shape, $: Place): string {
  const changes = columns.filter((column) => column !== "id").map((column) => `${column} = ${newValue(table, column)}`);
  const given = rowsOf(table, $);
  const [ids, versions, looks] = [$(), $(), $()];
  const stands = ground === null ? "" : unchanged(ground, $);
  const free = waits
    ? `${table}.id = any(${ids}::text[])`
    : `${table}.id in (select id from caravela.${table} where id = any(${ids}::text[]) for no key update skip locked)`;
  return `
  update caravela.${table}
     set ${changes.join(", ")}
    from ${given} as given join unnest(${ids}::text[], ${versions}::integer[], ${looks}::integer[]) as decided (id, on_version, on_looked) using (id)
   where ${table}.id = given.id and ${table}.version = decided.on_version and ${table}.looked = decided.on_looked and ${free}${stands}
  returning ${table}.id`;
}

/** A subject that was not listed as it was is not listed as it becomes: only what changes of its lists is written. */
function newValue(table: Shape["table"], column: string): string {
  if (!column.startsWith("listed_")) return `given.${column}`;
  return `case when ${table}.${column} = ${table}.version then given.${column} else ${table}.${column} end`;
}

/**
 * The row is locked against change: whoever ends a mandate waits for the charge that is being recorded, and the charge
 * for the end.
 */
const unchanged = (table: GroundTable, $: Place) =>
  ` and exists (select from caravela.${table} where id = ${$()} and ${MARKS[table]} = ${$()} for share)`;

const journal = ($: Place) => `, journal as (
  insert into caravela.fact (subject_id, number, at, kind, version, data)
  select fact.subject_id, fact.number, fact.at, fact.kind, fact.version, fact.data
    from written join ${rowsOf("fact", $)} as fact on fact.subject_id = written.id
)`;

/**
 * Events and their deliveries, to the endpoints of their terminal and of all. An endpoint that is being removed is
 * waited for, and gets nothing. What comes behind one that is to be tried again later is due with it: it would be
 * looked at in vain until then.
 */
const events = ($: Place) => `, told as (
  insert into caravela.event (id, subject_id, sequence, type, at, body, terminal)
  select event.id, event.subject_id, event.sequence, event.type, event.at, event.body, event.terminal
    from written join ${rowsOf("event", $)} as event on event.subject_id = written.id
  returning id, subject_id, sequence, type, at, terminal
), sent as (
  insert into caravela.delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at)
  select told.id || '.' || event_endpoint.id, told.id, event_endpoint.id, told.subject_id, told.sequence, told.at,
         greatest(told.at, (select max(due_at) from caravela.delivery as earlier
           where earlier.endpoint_id = event_endpoint.id and earlier.subject_id = told.subject_id and earlier.due_at is not null))
    from told join caravela.event_endpoint on event_endpoint.types && array['*', told.type] and event_endpoint.ended_at is null
         and coalesce(event_endpoint.terminal, told.terminal) = told.terminal
     for key share of event_endpoint
)`;

/**
 * The keys that a subject is found by, and the notifications that waited for such a key: looked up by the keys, for
 * PostgreSQL does not know how many wait, and would go through all of them in a join.
 */
const keys = ($: Place) => `, found as (
  select found_by.key, found_by.subject_id
    from written join ${rowsOf("found_by", $)} as found_by on found_by.subject_id = written.id
), keys as (
  insert into caravela.found_by (key, subject_id) select key, subject_id from found
  on conflict (key) do nothing
), matched as (
  update caravela.notification set due_at = received_at
   where subject_id is null and transaction_id = any(array(select key from found))
)`;

/** The keys of requests, each with the subject that it is committed with. */
const requests = ($: Place) => `, request as (
  insert into caravela.idempotency (scope, key, fingerprint, resource, status, body, created_at, operation)
  select request.scope, request.key, request.fingerprint, request.resource, request.status, request.body, request.created_at,
         request.operation
    from written join unnest(${$()}::text[], ${$()}::json[]) as of (subject_id, row) on of.subject_id = written.id,
         json_populate_record(null::caravela.idempotency, of.row) as request
)`;

/**
 * What counts in a key's day, of one decision. The key's row of that day is waited for, and one that comes to more
 * than it may undoes the whole statement.
 */
const spends = ($: Place) => `, spent as (
  insert into caravela.refund_day (key_id, day, amount, most)
  select spent.key_id, spent.day, spent.amount, spent.most
    from written, json_to_recordset(${$()}::json) as spent (key_id text, day date, amount bigint, most bigint)
   order by spent.key_id
  on conflict (key_id, day) do update set amount = refund_day.amount + excluded.amount, most = excluded.most
)`;

/**
 * What counts in keys' days no more, of one decision. Their rows are taken in the order in which something is counted:
 * of two that are of the same keys, one waits.
 */
const uncounts = ($: Place) => `, held as materialized (
  select refund_day.key_id, refund_day.day, uncounted.amount
    from written, json_to_recordset(${$()}::json) as uncounted (key_id text, day date, amount bigint)
    join caravela.refund_day using (key_id, day)
   order by refund_day.key_id
     for update of refund_day
), uncounted as (
  update caravela.refund_day set amount = greatest(0, refund_day.amount - held.amount)
    from held
   where refund_day.key_id = held.key_id and refund_day.day = held.day
)`;

/**
 * A customer's card: of a transaction there is one. One that an earlier version kept, and did not come to say so,
 * becomes the one of which it is said now.
 */
const cards = ($: Place) => `, card as (
  insert into caravela.saved_card (${CARD_COLUMNS.join(", ")})
  select ${CARD_COLUMNS.map((column) => `card.${column}`).join(", ")}
    from written join ${rowsOf("saved_card", $)} as card on card.payment_id = written.id
  on conflict (transaction_id) do update set id = excluded.id, value = excluded.value
)`;

/** The rows of a list, written where there are none of their keys, else changed. */
export function listed(name: ListTableName, source: string): string {
  const { key, columns, becomes = {} } = listTable(name);
  const changes = columns
    .filter((column) => !key.includes(column) && column !== "subject_id")
    .map(
      (column) =>
        `${column} = ${becomes[column]?.replaceAll("given.", "excluded.").replaceAll("known.", `${name}.`) ?? `excluded.${column}`}`,
    );
  return `
  insert into caravela.${name} (${columns.join(", ")})
  select ${columns.map((column) => `given.${column}`).join(", ")} from ${source}
  on conflict (${key.join(", ")}) do ${changes.length === 0 ? "nothing" : `update set ${changes.join(", ")}`}`;
}

const lists = (
  name: ListTableName,
  $: Place,
) => `, in_${name} as (${listed(name, `written join ${rowsOf(name, $)} as given on given.subject_id = written.id`)}
)`;

const unlists = (name: ListTableName, $: Place) => `, out_of_${name} as (
  delete from caravela.${name} using written join ${rowsOf(name, $)} as gone on gone.subject_id = written.id
   where ${listTable(name)
     .key.map((column) => `${name}.${column} = gone.${column}`)
     .join(" and ")}
)`;

const PARTS = { facts: journal, events, keys, requests, spends, uncounts, cards };

const partsIn = (shape: Shape) =>
  (["facts", "events", "keys", "requests", "spends", "uncounts", "cards"] as const).filter((part) => shape[part]);

/** What a session knows the statement of a shape by: no two shapes that differ in their text share it. */
export function nameOf(shape: Shape): string {
  const { table, creates, waits, ground, facts } = shape;
  const does = creates ? ["create"] : [facts ? "decide" : "look", ...(waits ? [] : ["many"])];
  return [
    table,
    ...does,
    ...partsIn(shape).filter((part) => part !== "facts"),
    ...(ground === null ? [] : [`on-${ground}`]),
    // PostgreSQL knows a statement by no more than 63 letters of its name
    ...(shape.lists.length === 0 ? [] : [`lists${places(shape.lists)}`]),
    ...(shape.unlists.length === 0 ? [] : [`unlists${places(shape.unlists)}`]),
  ].join("-");
}

const places = (names: readonly ListTableName[]) => names.map((name) => LIST_TABLE_NAMES.indexOf(name)).join("");

/**
 * The statement that writes some decisions about subjects of one table, with all that follows from them. Its values, in
 * their order: the subjects' rows, as JSON; of decisions their ids, and the versions and looks that were decided on;
 * the id and the mark of the ground; the facts, as JSON; the events; the keys; the subjects of the requests' keys, and
 * these; what counts in a key's day, and what does no more; the cards that are kept; the rows of each list that are
 * written, and of each that are removed.
 */
export function textOf(shape: Shape): string {
  let count = 0;
  const $: Place = () => `$${++count}`;
  const written = shape.creates ? created(shape, $) : changed(shape, $);
  const also = [
    ...partsIn(shape).map((part) => PARTS[part]($)),
    ...shape.lists.map((name) => lists(name, $)),
    ...shape.unlists.map((name) => unlists(name, $)),
  ];
  return `
with written as (${written}
)${also.join("")}
select id from written`;
}
