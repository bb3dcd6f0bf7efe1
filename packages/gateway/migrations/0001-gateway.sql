-- The gateway's whole memory: terminals, transactions, and what it told the merchants.
-- Amounts are whole cents. due_at follows the gateway's clock; leased_until and recorded_at follow the database's.

create table clock (
  only_one boolean primary key default true check (only_one),
  offset_ms bigint not null
);

-- What transactionSignatures are made with.
create table signing_key (
  only_one boolean primary key default true check (only_one),
  secret bytea not null
);

create table fault_settings (
  only_one boolean primary key default true check (only_one),
  settings jsonb not null
);

create table terminal (
  terminal_id text primary key check (terminal_id ~ '^[0-9]{1,10}$'),
  merchant_code bigint not null,
  merchant_name text not null,
  client_id text not null,
  token text not null,
  entity text not null,
  methods text[] not null,
  webhook_url text,
  webhook_secret text,
  check ((webhook_url is null) = (webhook_secret is null))
);

-- A payment (made by a checkout) or an operation on one (a refund, a cancellation), which has an id of its own.
create table transaction (
  transaction_id text primary key,
  kind text not null check (kind in ('payment', 'refund', 'cancellation')),
  original_id text,
  terminal_id text not null,
  merchant_transaction_id text not null,
  merchant_timestamp text not null,
  description text not null,
  recipient_id text not null,
  amount bigint not null check (amount >= 0),
  payment_type text not null,
  methods text[] not null,
  payment_method text,
  outcome text not null,
  received_at timestamptz not null,
  deadline timestamptz not null,
  fate text,

  -- MB WAY: whose phone was asked, when, and until when an answer counts
  phone text,
  asked_at timestamptz,
  answerable_until timestamptz,

  -- Multibanco: what the checkout allows, and the reference once there is one
  entity text,
  valid_from timestamptz,
  valid_to timestamptz,
  min_amount bigint,
  max_amount bigint,
  reference text,
  reference_status text,
  paid_at timestamptz,

  authorized bigint not null default 0,
  captured bigint not null default 0,
  released bigint not null default 0,
  refunded bigint not null default 0,

  version integer not null default 0,
  journal jsonb not null default '[]',

  -- what time will bring by itself: the outcome it turns to, and when
  due_outcome text,
  due_at timestamptz,
  leased_until timestamptz,

  recorded_at timestamptz not null default clock_timestamp(),

  check (authorized <= greatest(amount, coalesce(max_amount, 0))),
  check (captured >= 0 and released >= 0 and captured + released <= authorized),
  check (refunded >= 0 and refunded <= captured),
  check ((due_at is null) = (due_outcome is null))
);

create index transaction_by_merchant_id on transaction (terminal_id, merchant_transaction_id, recorded_at desc);
create index transaction_newest on transaction (recorded_at desc, transaction_id desc);
create index transaction_waiting on transaction (phone, asked_at) where answerable_until is not null;
create unique index transaction_by_reference on transaction (entity, reference) where reference is not null;
create index transaction_due on transaction (due_at) where due_at is not null;

-- What a merchant is told. The plaintext is kept as json, not jsonb: its members stay in SIBS's order.
create table notification (
  notification_id uuid primary key,
  transaction_id text not null,
  terminal_id text not null,
  state text not null default 'Requested' check (state in ('Requested', 'Processed')),
  plaintext json not null,
  tries integer not null default 0,
  first_try_at timestamptz,
  due_at timestamptz,
  leased_until timestamptz,
  recorded_at timestamptz not null default clock_timestamp()
);

create index notification_newest on notification (recorded_at desc, notification_id desc);
create index notification_due on notification (due_at) where due_at is not null;

create table notification_try (
  notification_id uuid not null references notification on delete cascade,
  number integer not null,
  at timestamptz not null,
  status integer,
  answer text,
  primary key (notification_id, number)
);
