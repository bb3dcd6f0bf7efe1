-- What needs a person, or should be known to one: it follows from the state of what it is about, and is gone with it. Who is done with one, when
-- and why stands beside.
create table task (
  id text primary key,
  subject_id text not null,
  terminal text not null,
  since timestamptz not null,
  about jsonb not null,
  done_at timestamptz,
  done_note text,
  done_by jsonb
);
create index task_newest on task (since desc, id desc) where done_at is null;
create index task_of_subject on task (subject_id);

-- Since when a person was done with what an endpoint had not taken, or with what was notified and is of nothing here.
create table task_done (
  id text primary key,
  at timestamptz not null,
  note text not null,
  by jsonb not null
);

-- Notifications that could not be opened, since a person was last done with them: how many, and when.
create table notification_refused (
  only_one boolean primary key default true check (only_one),
  since timestamptz not null,
  last_at timestamptz not null,
  count integer not null
);

-- When an event was given up at an endpoint; of those of before it is not known.
alter table delivery add column given_up_at timestamptz;
