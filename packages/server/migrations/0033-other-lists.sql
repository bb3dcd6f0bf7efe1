-- run: concurrently

create unique index concurrently if not exists event_endpoint_by_terminal on event_endpoint (url, coalesce(terminal, ''));

-- Mandates and events, as payments are listed: by one key of all that a list is of, and then by the moment; and by the last digits of a phone.
create index concurrently if not exists mandate_of_terminal_and_status on mandate ((array[coalesce(terminal, ''), status]), created_at, id);
create index concurrently if not exists mandate_of_customer_and_status on mandate ((array[customer_id, status]), created_at, id)
  where customer_id is not null;
create index concurrently if not exists mandate_of_reference_and_status on mandate ((array[lower(reference), status]), created_at, id)
  where reference is not null;
create index concurrently if not exists mandate_of_status on mandate ((array[status]), created_at, id);
create index concurrently if not exists event_of_type on event ((array[type]), at, sequence, id);
create index concurrently if not exists mandate_by_last_digits on mandate (right(phone, 4), created_at desc, id desc);

-- What this was for, mandate_of_reference_and_status serves.
drop index concurrently if exists mandate_by_reference;
