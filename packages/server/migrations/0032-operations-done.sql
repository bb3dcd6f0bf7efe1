-- run: concurrently

-- By when it was done, of each method: for one that few have, others are not walked through.
create index concurrently if not exists listed_operation_done_by on listed_operation (terminal, kind, method, done_at desc, id desc)
  where done_at is not null;
drop index concurrently if exists listed_operation_done;
