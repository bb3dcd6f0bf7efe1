import { changingColumns, columns } from "./row.ts";

const selected = [...columns, "version"].join(", ");

/** New transactions, each with its journal's first entries. Values: a list of their rows, as JSON. */
export const insertSql = `
  insert into sibs_gateway.transaction (${columns.join(", ")}, journal)
  select ${columns.join(", ")}, journal from json_populate_recordset(null::sibs_gateway.transaction, $1::json)`;

/** Values: the ids. */
export const findByIdsSql = `select ${selected} from sibs_gateway.transaction where transaction_id = any($1)`;

/**
 * Values: the terminals (of one token), the merchantTransactionId. All that have it are found, few as they are, before
 * the newest is taken: not by walking back from the newest of all.
 */
export const findByMerchantIdSql = `
  with found as materialized (
    select * from sibs_gateway.transaction where terminal_id = any($1) and merchant_transaction_id = $2)
  select ${selected} from found order by recorded_at desc limit 1`;

export const findByReferenceSql = `select ${selected} from sibs_gateway.transaction where entity = $1 and reference = $2`;

/** Payments and creations of mandates. Values: the phone, the moment. */
export const findWaitingSql = `
  select ${selected} from sibs_gateway.transaction
   where phone = $1 and answerable_until > $2
   order by asked_at, recorded_at`;

/** A mandate's own value of a column: in the words of the indexes of mandates. */
const ofMandate = (column: string) => `(case when kind = 'mandate' then ${column} end)`;

export const findMandateSql = `select ${selected} from sibs_gateway.transaction where ${ofMandate("mandate_id")} = $1`;

/** Those that were consented to, newest first. */
export const findMandatesOnPhoneSql = `
  select ${selected} from sibs_gateway.transaction
   where ${ofMandate("phone")} = $1 and mandate_status <> 'PEND'
   order by recorded_at desc`;

/** Those that were consented to, newest first. Values: the terminals, how many. */
export const findMandatesOfSql = `
  select found.* from unnest($1::text[]) as own (id) cross join lateral (
    select ${selected}, recorded_at from sibs_gateway.transaction
     where ${ofMandate("terminal_id")} = own.id and mandate_status <> 'PEND'
     order by recorded_at desc limit $2) as found
   order by recorded_at desc limit $2`;

export const findByActionSql = `select ${selected} from sibs_gateway.transaction where action_id = $1`;

/** What waits for the customer at a card's issuer, oldest first. Values: the moment. */
export const findChallengedSql = `
  select ${selected} from sibs_gateway.transaction
   where outcome = 'action_wanted' and action_type = 'THREEDS_CHALLENGE' and action_ending is null and deadline > $1
   order by action_asked_at, recorded_at limit 100`;

const listOf = (where: string) => `
  select ${selected} from sibs_gateway.transaction ${where}
   order by recorded_at desc, transaction_id desc limit $1`;

/** Newest first. Values: how many. */
export const firstPageSql = listOf("");

/** Values: how many, the last one seen. */
export const nextPageSql = listOf(
  `where (recorded_at, transaction_id) < (select recorded_at, transaction_id from sibs_gateway.transaction where transaction_id = $2)`,
);

export const journalSql = "select journal from sibs_gateway.transaction where transaction_id = $1";

/**
 * What changes are written as, in lists: rows with id, version, the changing columns and the journal's new entries; and
 * what else they bring.
 */
export type PartName = "changes" | "notices" | "tokens" | "operations" | "drawings";

// Nothing of a change is written unless its row is still the version that was decided on.
const changed = (condition: string) => `changed as (
    update sibs_gateway.transaction as stored
       set (${changingColumns.join(", ")}) = row (${changingColumns.map((column) => `after.${column}`).join(", ")}),
           version = stored.version + 1, journal = stored.journal || after.journal
      from json_populate_recordset(null::sibs_gateway.transaction, $1::json -> 'changes') as after
     where stored.transaction_id = after.transaction_id and stored.version = after.version ${condition}
    returning stored.transaction_id, stored.terminal_id
  )`;

// without a webhook nothing is due: it is kept, and can be sent later by hand
const told = `told as (
    insert into sibs_gateway.notification (notification_id, transaction_id, terminal_id, plaintext, due_at)
    select notice.notification_id, notice.transaction_id, changed.terminal_id, notice.plaintext,
           case when terminal.webhook_url is not null then notice.at end
      from json_to_recordset($1::json -> 'notices')
             as notice (changed_id text, notification_id uuid, transaction_id text, plaintext json, at timestamptz)
      join changed on changed.transaction_id = notice.changed_id
      left join sibs_gateway.terminal using (terminal_id)
  )`;

const keptColumns = "card_brand, card_first_six, card_last_four, card_expiry, card_fate";

const kept = `kept as (
    insert into sibs_gateway.token (token, merchant_code, transaction_id, ${keptColumns})
    select card.token, terminal.merchant_code, card.transaction_id, ${keptColumns}
      from json_populate_recordset(null::sibs_gateway.token, $1::json -> 'tokens') as card
      join changed using (transaction_id)
      join sibs_gateway.terminal using (terminal_id)
  )`;

const operation = `operation as (
    insert into sibs_gateway.transaction (${columns.join(", ")})
    select ${columns.map((column) => `made.${column}`).join(", ")}
      from json_to_recordset($1::json -> 'operations') as one (changed_id text, made json)
      join changed on changed.transaction_id = one.changed_id
     cross join lateral json_populate_record(null::sibs_gateway.transaction, one.made) as made
  )`;

// Both rows are held as they were decided on, or nothing is written: of two collections at once, the second is decided
// anew.
const drawn = `held as (
    select creation.transaction_id, drawing.collected_month, drawing.collected
      from json_populate_recordset(null::sibs_gateway.transaction, $1::json -> 'changes') as after
      join sibs_gateway.transaction as payment using (transaction_id, version)
     cross join json_populate_recordset(null::sibs_gateway.transaction, $1::json -> 'drawings') as drawing
      join sibs_gateway.transaction as creation
        on creation.transaction_id = drawing.transaction_id and creation.version = drawing.version
       for update of payment, creation
  ), drawn as (
    update sibs_gateway.transaction as creation
       set collected_month = held.collected_month, collected = held.collected, version = creation.version + 1
      from held where creation.transaction_id = held.transaction_id
  )`;

/**
 * Writes changes, and what else they bring; gives the ids of those that are written. Values: the lists as one JSON.
 * There are drawings of one change alone. What is not there costs nothing: a statement is made of the parts that it
 * needs.
 */
export function saveStatement(parts: Readonly<Record<PartName, readonly object[]>>): { name: string; text: string } {
  const draws = parts.drawings.length > 0;
  const beside = { notices: told, tokens: kept, operations: operation };
  const names = (["notices", "tokens", "operations"] as const).filter((name) => parts[name].length > 0);
  const text = [
    ...(draws ? [drawn] : []),
    changed(draws ? "and exists (select from held)" : ""),
    ...names.map((name) => beside[name]),
  ].join(", ");
  const name = ["transaction-save", ...names, ...(draws ? ["drawing"] : [])].join("-");
  return { name, text: `with ${text} select transaction_id from changed` };
}
