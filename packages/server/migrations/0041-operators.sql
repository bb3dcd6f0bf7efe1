-- People at work. Who is removed keeps their name, which stands with what they did.
create table operator (
  id text primary key,
  name text not null check (name <> ''),
  role text not null check (role in ('viewer', 'support', 'refunder', 'accountant', 'owner')),
  -- the one terminal of which they see and make things; null: all
  terminal text,
  -- in cents: of one payment, and of their day
  refund_limit bigint check (refund_limit between 1 and 99999999),
  -- [{key, most}]: whose day each of their refunds counts in beside their own, as with keys: that of whoever gave them a limit
  budgets jsonb not null,
  created_at timestamptz not null,
  -- to the minute
  seen_at timestamptz,
  removed_at timestamptz
);
create index operator_newest on operator (created_at desc, id desc) where removed_at is null;

-- Who is signed in, in which browser. The cookie is not kept: only its SHA-256.
create table session (
  id text primary key,
  hash bytea not null unique check (length(hash) = 32),
  operator_id text not null references operator on delete cascade,
  created_at timestamptz not null,
  -- when they last did something: fifteen minutes later it is over
  seen_at timestamptz not null,
  -- when it is over, whatever they do
  ends_at timestamptz not null,
  -- when they last touched their passkey
  touched_at timestamptz,
  address text,
  agent text
);
create index session_of_operator on session (operator_id);
create index session_newest on session (created_at desc, id desc);
create index session_oldest on session (ends_at);
