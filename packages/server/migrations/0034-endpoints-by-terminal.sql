-- run: concurrently

create unique index concurrently if not exists event_endpoint_by_terminal on event_endpoint (url, coalesce(terminal, ''));

-- A terminal's mandates, of one status or of each in turn.
create index concurrently if not exists mandate_by_terminal_and_status on mandate ((array[coalesce(terminal, ''), status]), created_at, id);
drop index concurrently if exists mandate_of_terminal;
