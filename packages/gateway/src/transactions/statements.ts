import { changingColumns, columns } from "./row.ts";

const selected = [...columns, "version"].join(", ");

/** `$first`, `$first+1`, … for that many values. */
const places = (first: number, count: number) => Array.from({ length: count }, (_, at) => `$${first + at}`).join(", ");

/** Values: every column, then the journal's first entries. */
export const insertSql = `
  insert into sibs_gateway.transaction (${columns.join(", ")}, journal)
  values (${places(1, columns.length)}, $${columns.length + 1}::jsonb)`;

export const findByIdSql = `select ${selected} from sibs_gateway.transaction where transaction_id = $1`;

/** Values: the terminals (of one token), the merchantTransactionId. */
export const findByMerchantIdSql = `
  select ${selected} from sibs_gateway.transaction
   where terminal_id = any($1) and merchant_transaction_id = $2
   order by recorded_at desc limit 1`;

export const findByReferenceSql = `select ${selected} from sibs_gateway.transaction where entity = $1 and reference = $2`;

/** Values: the phone, the moment, the kind: payments or mandates. */
export const findWaitingSql = `
  select ${selected} from sibs_gateway.transaction
   where phone = $1 and answerable_until > $2 and kind = $3
   order by asked_at, recorded_at`;

export const findMandateSql = `select ${selected} from sibs_gateway.transaction where mandate_id = $1 and kind = 'mandate'`;

/** Those that were consented to, newest first. */
export const findMandatesOnPhoneSql = `
  select ${selected} from sibs_gateway.transaction
   where phone = $1 and kind = 'mandate' and mandate_status <> 'PEND'
   order by recorded_at desc`;

/** Those that were consented to, newest first. Values: the terminals, how many. */
export const findMandatesOfSql = `
  select ${selected} from sibs_gateway.transaction
   where terminal_id = any($1) and kind = 'mandate' and mandate_status <> 'PEND'
   order by recorded_at desc limit $2`;

export const findByActionSql = `select ${selected} from sibs_gateway.transaction where action_id = $1`;

/** What waits for the customer at a card's issuer, oldest first. Values: the moment. */
export const findChallengedSql = `
  select ${selected} from sibs_gateway.transaction
   where outcome = 'action_wanted' and action_type = 'THREEDS_CHALLENGE' and action_ending is null and deadline > $1
   order by action_asked_at, recorded_at limit 100`;

/** Newest first. Values: how many, the last one seen or null. */
export const listSql = `
  select ${selected} from sibs_gateway.transaction
   where $2::text is null
      or (recorded_at, transaction_id) < (select recorded_at, transaction_id from sibs_gateway.transaction where transaction_id = $2)
   order by recorded_at desc, transaction_id desc limit $1`;

export const journalSql = "select journal from sibs_gateway.transaction where transaction_id = $1";

const afterChanging = 3 + changingColumns.length;
const [journal, notices, now, tokens] = [0, 1, 2, 3].map((at) => `$${afterChanging + at}`);

// Nothing is written unless the row is still the version that was decided on.
const changed = (condition = "") => `
  changed as (
    update sibs_gateway.transaction
       set (${changingColumns.join(", ")}) = row (${places(3, changingColumns.length)}),
           version = version + 1, journal = journal || ${journal}::jsonb
     where transaction_id = $1 and version = $2 ${condition}
    returning terminal_id
  ), told as (
    -- without a webhook nothing is due: it is kept, and can be sent later by hand
    insert into sibs_gateway.notification (notification_id, transaction_id, terminal_id, plaintext, due_at)
    select notice.notification_id, notice.transaction_id, terminal_id, notice.plaintext,
           case when terminal.webhook_url is not null then ${now}::timestamptz end
      from changed
      left join sibs_gateway.terminal using (terminal_id)
     cross join json_to_recordset(${notices}::json)
             as notice (notification_id uuid, transaction_id text, plaintext json)
  ), kept as (
    insert into sibs_gateway.token (token, merchant_code, transaction_id, card_brand, card_first_six, card_last_four, card_expiry, card_fate)
    select kept.token, merchant_code, $1, card_brand, card_first_six, card_last_four, card_expiry, card_fate
      from changed
      join sibs_gateway.terminal using (terminal_id)
     cross join json_to_recordset(${tokens}::json)
             as kept (token text, card_brand text, card_first_six text, card_last_four text, card_expiry text, card_fate text)
  )`;

/** Values: id, version, the changing columns, journal entries, notices, the moment, new tokens. */
export const saveSql = `with ${changed()} select exists (select from changed) as saved`;

/** The same, then every column of the operation. */
export const saveWithOperationSql = `
  with ${changed()}, operation as (
    insert into sibs_gateway.transaction (${columns.join(", ")})
    select ${places(afterChanging + 4, columns.length)} from changed
  )
  select exists (select from changed) as saved`;

const afterTokens = afterChanging + 4;
const [mandate, itsVersion, month, collected] = [0, 1, 2, 3].map((at) => `$${afterTokens + at}`);

/**
 * The same, then the mandate that was collected by: its id, version, month and sum. Both rows are held as they were
 * decided on, or nothing is written: of two collections at once, the second is decided anew.
 */
export const saveDrawingSql = `
  with held as (
    select from sibs_gateway.transaction as payment, sibs_gateway.transaction as creation
     where payment.transaction_id = $1 and payment.version = $2
       and creation.transaction_id = ${mandate} and creation.version = ${itsVersion}
       for update
  ), drawn as (
    update sibs_gateway.transaction
       set collected_month = ${month}, collected = ${collected}, version = version + 1
     where transaction_id = ${mandate} and exists (select from held)
  ), ${changed("and exists (select from held)")}
  select exists (select from changed) as saved`;
