-- run: concurrently

-- Mandates by their id, by the phone and by the terminal. None of these says that it holds mandates alone: of two
-- indexes that do, PostgreSQL goes through the other one from end to end where it thinks that there are few. (That there
-- is one mandate of an id alone is held by transaction_by_mandate, which nobody looks anything up by.)
create index concurrently if not exists mandate_by_id on transaction ((case when kind = 'mandate' then mandate_id end))
  where (case when kind = 'mandate' then mandate_id end) is not null;
create index concurrently if not exists mandate_on_phone on transaction ((case when kind = 'mandate' then phone end), recorded_at desc)
  where (case when kind = 'mandate' then phone end) is not null;
create index concurrently if not exists mandate_of_terminal on transaction ((case when kind = 'mandate' then terminal_id end), recorded_at desc)
  where (case when kind = 'mandate' then terminal_id end) is not null;
drop index concurrently if exists transaction_mandates_on_phone;
drop index concurrently if exists transaction_mandates_of_terminal;
