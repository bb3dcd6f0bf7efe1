-- How far this program's clock is ahead of system time; it only grows.
create table clock (
  only_one boolean primary key default true check (only_one),
  offset_ms bigint not null
);

-- A payment as it stands now: what its journal amounts to, with the columns that are searched, guarded or due.
create table payment (
  id text primary key,
  reference text not null,
  status text not null check (status in ('open', 'pending', 'authorized', 'paid', 'canceled', 'expired')),
  amount bigint not null check (amount between 1 and 99999999),
  amount_authorized bigint not null check (amount_authorized >= 0),
  amount_captured bigint not null check (amount_captured >= 0),
  amount_released bigint not null check (amount_released >= 0),
  amount_refunded bigint not null check (amount_refunded >= 0),
  -- refunds asked by the shop that are under way or in doubt: spoken for, though not yet given back
  amount_refunding bigint not null check (amount_refunding >= 0),
  state jsonb not null,
  version integer not null,
  created_at timestamptz not null,
  due_at timestamptz,
  leased_until timestamptz,
  constraint captured_within_authorized check (amount_captured + amount_released <= amount_authorized),
  constraint refunded_within_captured check (amount_refunded + amount_refunding <= amount_captured)
);
create index payment_due on payment (due_at) where due_at is not null;
create index payment_newest on payment (created_at desc, id desc);
create index payment_by_reference on payment (reference, created_at desc, id desc);
create index payment_by_status on payment (status, created_at desc, id desc);

-- The journal: what happened, in order, never changed afterwards.
create table fact (
  payment_id text not null,
  number integer not null,
  at timestamptz not null,
  kind text not null,
  data jsonb not null,
  primary key (payment_id, number)
);

-- Where a payment is found by another key: page token, SIBS's transaction, an attempt's or operation's own id.
create table found_by (
  key text primary key,
  payment_id text not null
);

-- What the shop is told, recorded in the transaction of what it tells of.
create table event (
  id text primary key,
  payment_id text not null,
  sequence integer not null,
  type text not null,
  at timestamptz not null,
  body text not null,
  unique (payment_id, sequence)
);
create index event_newest on event (at desc, sequence desc, id desc);

create table event_endpoint (
  id text primary key,
  url text not null unique,
  types text[] not null,
  secret text not null,
  created_at timestamptz not null
);

-- One event for one endpoint. Due until it is delivered or given up; tries: [{at, status, ms}].
create table delivery (
  id text primary key,
  event_id text not null,
  endpoint_id text not null references event_endpoint on delete cascade,
  payment_id text not null,
  sequence integer not null,
  tries jsonb not null default '[]',
  -- from here three days are counted: when it was first tried, or was asked for again
  first_due_at timestamptz not null,
  due_at timestamptz,
  leased_until timestamptz
);
create index delivery_due on delivery (due_at) where due_at is not null;
create index delivery_order on delivery (endpoint_id, payment_id, sequence) where due_at is not null;
create index delivery_of_event on delivery (event_id);
create index delivery_in_hand on delivery (endpoint_id) where leased_until is not null;

-- What SIBS notified, opened; durable before it is acknowledged. Kept also when it is of no payment that we know.
create table notification (
  id text primary key,
  transaction_id text,
  merchant_transaction_id text,
  plaintext jsonb not null,
  received_at timestamptz not null,
  payment_id text,
  tries integer not null default 0,
  due_at timestamptz,
  leased_until timestamptz
);
create index notification_due on notification (due_at) where due_at is not null;
create index notification_unmatched on notification (transaction_id) where payment_id is null;

-- What was answered to a request that may be repeated; committed together with what the request made.
create table idempotency (
  scope text not null,
  key text not null,
  fingerprint text not null,
  resource text,
  status integer,
  body text,
  created_at timestamptz not null,
  -- until when the first request counts as being carried out, renewed while it is; the database's time
  held_until timestamptz not null default now() + interval '3 seconds',
  primary key (scope, key)
);
create index idempotency_oldest on idempotency (created_at);

-- Housekeeping that comes round by the clock.
create table chore (
  name text primary key,
  due_at timestamptz,
  leased_until timestamptz
);
