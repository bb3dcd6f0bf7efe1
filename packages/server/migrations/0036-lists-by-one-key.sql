-- run: concurrently

-- All that an index of a list is by is one key, asked for as a range and sorted by, and then comes the moment: so no other index serves instead, however
-- rare or common PostgreSQL believes any of it to be.
create index concurrently if not exists listed_payment_of_status on listed_payment ((array[terminal, status, method]), created_at, id);
create index concurrently if not exists listed_payment_of_reference on listed_payment
  ((array[terminal, lower(reference), status, method]), created_at, id);
create index concurrently if not exists listed_payment_of_amount on listed_payment ((array[terminal, amount::text, status, method]), created_at, id);
create index concurrently if not exists listed_payment_of_a_customer on listed_payment
  ((array[terminal, customer_id, status, method]), created_at, id) where customer_id is not null;
create index concurrently if not exists listed_payment_of_a_mandate on listed_payment ((array[mandate_id, status, method]), created_at, id)
  where mandate_id is not null;
create index concurrently if not exists listed_payment_of_a_plan on listed_payment ((array[plan_id, status, method]), created_at, id)
  where plan_id is not null;
create index concurrently if not exists listed_payment_paid_reference on listed_payment ((array[terminal, lower(reference), method]), paid_at, id)
  where paid_at is not null;
create index concurrently if not exists listed_payment_paid_amount on listed_payment ((array[terminal, amount::text, method]), paid_at, id)
  where paid_at is not null;
create index concurrently if not exists listed_payment_paid_customer on listed_payment ((array[terminal, customer_id, method]), paid_at, id)
  where paid_at is not null and customer_id is not null;
drop index concurrently if exists listed_payment_by_status;
drop index concurrently if exists listed_payment_by_reference;
drop index concurrently if exists listed_payment_by_amount;
drop index concurrently if exists listed_payment_of_customer;
drop index concurrently if exists listed_payment_of_mandate;
drop index concurrently if exists listed_payment_of_plan;

create index concurrently if not exists listed_operation_of_status on listed_operation ((array[terminal, kind, status, method]), created_at, id);
create index concurrently if not exists listed_operation_of_reference on listed_operation
  ((array[terminal, kind, lower(reference), status, method]), created_at, id);
create index concurrently if not exists listed_operation_of_amount on listed_operation
  ((array[terminal, kind, amount::text, status, method]), created_at, id);
create index concurrently if not exists listed_operation_of_a_customer on listed_operation
  ((array[terminal, kind, customer_id, status, method]), created_at, id) where customer_id is not null;
drop index concurrently if exists listed_operation_by_status;
drop index concurrently if exists listed_operation_by_reference;
drop index concurrently if exists listed_operation_by_amount;
drop index concurrently if exists listed_operation_of_customer;

create index concurrently if not exists mandate_of_terminal_and_status on mandate ((array[coalesce(terminal, ''), status]), created_at, id);
create index concurrently if not exists mandate_of_customer_and_status on mandate ((array[customer_id, status]), created_at, id)
  where customer_id is not null;
create index concurrently if not exists mandate_of_reference_and_status on mandate ((array[lower(reference), status]), created_at, id)
  where reference is not null;
create index concurrently if not exists mandate_of_status on mandate ((array[status]), created_at, id);
drop index concurrently if exists mandate_of_terminal_by_status;
drop index concurrently if exists mandate_of_customer_by_status;
drop index concurrently if exists mandate_by_spelt_reference;
drop index concurrently if exists mandate_by_status_and_age;

create index concurrently if not exists listed_plan_of_status on listed_plan ((array[status]), created_at, id);
create index concurrently if not exists listed_plan_of_terminal on listed_plan ((array[terminal, status]), created_at, id);
drop index concurrently if exists listed_plan_by_status;

create index concurrently if not exists event_of_type on event ((array[type]), at, sequence, id);
drop index concurrently if exists event_by_type;
