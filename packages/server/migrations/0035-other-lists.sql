-- run: concurrently

-- Events of a type.
create index concurrently if not exists event_by_type on event (type, at desc, sequence desc, id desc);

-- Mandates, as payments are listed: by what a list is of, then each status, then the moment; and by the last digits of their phone.
create index concurrently if not exists mandate_of_customer_by_status on mandate (customer_id, status, created_at desc, id desc)
  where customer_id is not null;
create index concurrently if not exists mandate_by_spelt_reference on mandate (lower(reference), status, created_at desc, id desc)
  where reference is not null;
create index concurrently if not exists mandate_by_last_digits on mandate (right(phone, 4), created_at desc, id desc);
drop index concurrently if exists mandate_by_customer_and_status;
drop index concurrently if exists mandate_by_customer_and_reference;
drop index concurrently if exists mandate_by_reference_and_status;

create index concurrently if not exists mandate_of_terminal_by_status on mandate (coalesce(terminal, ''), status, created_at desc, id desc);
drop index concurrently if exists mandate_by_terminal_and_status;
