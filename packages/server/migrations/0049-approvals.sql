-- Refunds that wait for a second person, as they were asked for. What was decided of each stands beside, once: whoever comes second is told so.
create table approval (
  id text primary key,
  payment_id text not null,
  terminal text not null,
  -- whose money goes back that is in no sum of its payment; null: the payment's own
  attempt_id text,
  amount bigint not null check (amount > 0),
  stated_reason text,
  note text,
  -- {id, name}
  requested_by jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index approval_newest on approval (created_at desc, id desc);
create index approval_of_payment on approval (payment_id);

create table approval_decision (
  approval_id text primary key references approval on delete cascade,
  status text not null check (status in ('approved', 'refused')),
  -- {id, name}
  by jsonb not null,
  at timestamptz not null,
  refund_id text,
  note text
);
