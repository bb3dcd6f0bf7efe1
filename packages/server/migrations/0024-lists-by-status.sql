-- run: concurrently

-- Every list is read by an index whose one key is all that is asked for, with the status, and then by the moment: of one status, or of each
-- in turn.
create index concurrently if not exists payment_by_status_and_age on payment (status, created_at, id);
create index concurrently if not exists payment_by_reference_and_status on payment ((array[reference, status]), created_at, id);
create index concurrently if not exists payment_by_mandate_and_status on payment ((array[mandate_id, status]), created_at, id)
  where mandate_id is not null;
create index concurrently if not exists payment_by_mandate_and_reference on payment ((array[mandate_id, reference, status]), created_at, id)
  where mandate_id is not null;
create index concurrently if not exists payment_by_plan_and_status on payment ((array[plan_id, status]), created_at, id)
  where plan_id is not null;
create index concurrently if not exists mandate_by_status_and_age on mandate (status, created_at, id);
create index concurrently if not exists mandate_by_customer_and_status on mandate ((array[customer_id, status]), created_at, id)
  where customer_id is not null;
create index concurrently if not exists mandate_by_customer_and_reference on mandate ((array[customer_id, reference, status]), created_at, id)
  where customer_id is not null and reference is not null;
create index concurrently if not exists mandate_by_reference_and_status on mandate ((array[reference, status]), created_at, id)
  where reference is not null;

-- What these were for, the ones above serve.
drop index concurrently if exists payment_by_status;
drop index concurrently if exists payment_by_reference;
drop index concurrently if exists payment_of_mandate;
drop index concurrently if exists mandate_by_reference;
