-- The API's keys beside the one of the settings: what each is good for. What it may refund is counted with those of `budgets`.
create table api_key (
  id text primary key,
  name text not null,
  scopes text[] not null check (cardinality(scopes) > 0),
  refund_limit bigint check (refund_limit between 1 and 99999999),
  -- [{key, most}]: whose day each refund by this key is of, its own and that of whoever made it under a limit
  budgets jsonb not null,
  expires_at timestamptz,
  created_at timestamptz not null,
  -- to the minute
  used_at timestamptz
);
create index api_key_newest on api_key (created_at desc, id desc);

-- What opens a key: the SHA-256 of its secret. While it is rolled it has several.
create table api_key_secret (
  hash bytea primary key check (length(hash) = 32),
  key_id text not null references api_key on delete cascade,
  -- when one that was replaced ends; null: it is the newest
  ends_at timestamptz
);
create unique index api_key_newest_secret on api_key_secret (key_id) where ends_at is null;
create index api_key_secret_of_key on api_key_secret (key_id);

-- What was refunded by a key within a day of Lisbon's, and the most that it may be.
create table refund_day (
  key_id text not null,
  day date not null,
  amount bigint not null check (amount >= 0),
  most bigint not null,
  primary key (key_id, day),
  constraint refund_day_within_most check (amount <= most)
);
create index refund_day_oldest on refund_day (day);
