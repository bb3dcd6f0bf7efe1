-- Several terminals in one server: whose each thing is. Null: it was made before this was kept, and is of the terminal that stands in
-- terminal_before.
alter table payment add column terminal text;
alter table mandate add column terminal text;
alter table saved_card add column terminal text;
alter table event add column terminal text;
alter table card_try add column terminal text;
-- Whose events are sent there; null: all.
alter table event_endpoint add column terminal text;
-- By whose secrets it opened, so that it touches only what is theirs.
alter table notification add column terminals text[];

-- The terminal that the server had when it first kept whose each thing is. One row, written once.
create table terminal_before (
  is_known boolean primary key default true check (is_known),
  id text not null
);
