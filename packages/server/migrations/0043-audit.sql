-- What was asked for by people, by keys beside a shop's ordinary business, and by commands, and how it ended: added to, and never changed. Each
-- entry's hash is that of the one before and of its own text, so that whoever changes one outside is found out.
create table audit (
  number bigint primary key check (number > 0),
  at timestamptz not null,
  entry text not null,
  hash bytea not null
);
create index audit_by_at on audit (at, number);
create index audit_of_operator on audit ((entry::jsonb #>> '{by,id}'), number);
create index audit_of_subject on audit ((entry::jsonb ->> 'subject'), number);
create index audit_of_terminal on audit ((entry::jsonb ->> 'terminal'), number);

create function audit_is_kept() returns trigger language plpgsql
  as $$ begin raise exception 'the audit is added to, and never changed' using errcode = 'object_not_in_prerequisite_state'; end $$;
create trigger audit_is_kept before update or delete on audit for each row execute function caravela.audit_is_kept();
create trigger audit_is_kept_whole before truncate on audit for each statement execute function caravela.audit_is_kept();
