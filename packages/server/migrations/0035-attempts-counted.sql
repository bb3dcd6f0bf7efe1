-- What reports count of attempts: those that failed, by the day in Lisbon on which they did, and references that are still to be paid, by the day on
-- which they end.
create table listed_attempt (
  id text primary key,
  subject_id text not null,
  terminal text not null,
  -- `failed`, `to_be_paid`
  standing text not null,
  day date not null,
  method text not null,
  reason text,
  amount bigint not null
);
create index listed_attempt_by_day on listed_attempt (terminal, standing, day) include (method, reason, amount);
create index listed_attempt_of_payment on listed_attempt (subject_id);

-- Of which version a payment's rows are in all lists; listed_version says it of those that the release before knows, which may be beside this one.
alter table payment add column listed_in_full integer;
