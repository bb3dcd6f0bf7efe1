// What follows a payment's row in the same statement: its journal, its events and their deliveries, the keys it is found by, the
// notifications that waited for such a key, and the key of the request. $12 facts, $13 events, $14 keys, $15–$21 the request's key.
const followers = `
, journal as (
  insert into fact (subject_id, number, at, kind, data)
  select written.id, f.number, f.at, f.kind, f.data
    from written, jsonb_to_recordset($12::jsonb) as f (number integer, at timestamptz, kind text, data jsonb)
), told as (
  insert into event (id, subject_id, sequence, type, at, body)
  select e.id, written.id, e.sequence, e.type, e.at, e.body
    from written, jsonb_to_recordset($13::jsonb) as e (id text, sequence integer, type text, at timestamptz, body text)
  returning id, subject_id, sequence, type, at
), sent as (
  insert into delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at)
  select told.id || '.' || event_endpoint.id, told.id, event_endpoint.id, told.subject_id, told.sequence, told.at, told.at
    from told join event_endpoint on event_endpoint.types && array['*', told.type]
), keys as (
  insert into found_by (key, subject_id)
  select key, written.id from written, unnest($14::text[]) as key
  on conflict (key) do nothing
), matched as (
  update notification set due_at = received_at
    from written
   where notification.subject_id is null and notification.transaction_id = any ($14::text[])
), request as (
  insert into idempotency (scope, key, fingerprint, resource, status, body, created_at)
  select $15::text, $16::text, $17::text, $18::text, $19::integer, $20::text, $21::timestamptz
    from written where $15::text is not null
)`;

/** A new payment with all that follows it. */
export const create = `
with written as (
  insert into payment (id, status, amount_authorized, amount_captured, amount_released, amount_refunded, amount_refunding,
                       amount_settling, state, version, due_at, reference, amount, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $22, $23, $24)
  returning id
)${followers}
select id from written`;

/** One decision, written only on the version that it was made on. */
export const decide = `
with written as (
  update payment
     set status = $2, amount_authorized = $3, amount_captured = $4, amount_released = $5, amount_refunded = $6,
         amount_refunding = $7, amount_settling = $8, state = $9, version = $10, due_at = $11, leased_until = null
   where id = $1 and version = $22
  returning id
)${followers}
select id from written`;
