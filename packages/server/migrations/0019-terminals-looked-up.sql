-- run: concurrently

-- What a key of one terminal lists.
create index concurrently if not exists event_of_terminal on event (terminal, at desc, sequence desc, id desc);

-- A phone is asked once for the same thing at a time, by each terminal.
create unique index concurrently if not exists mandate_asked_once_by_terminal on mandate
  (phone, type, coalesce(reference, ''), description, coalesce(terminal, ''))
  where status = 'pending';
drop index concurrently if exists mandate_asked_once;
