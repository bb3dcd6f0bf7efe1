-- How an endpoint takes its events: how many may be under way to it, until when it asked to be spared, and when and why it was ended.
alter table event_endpoint
  add column share integer not null default 8 check (share between 1 and 32),
  add column held_until timestamptz,
  add column ended_at timestamptz,
  add column end_reason text check ((end_reason is null) = (ended_at is null)),
  -- grows each time it is registered: what is learnt of it in between is about the one before
  add column version integer not null default 1,
  -- registered before addresses inside were refused, and goes on
  add column may_be_inside boolean not null default true;
alter table event_endpoint alter column may_be_inside set default false;

-- A round of tries begins when the event is recorded, and anew whenever it is asked for again.
alter table delivery
  add column round integer not null default 1,
  -- tries of this round
  add column try_count integer not null default 0;
