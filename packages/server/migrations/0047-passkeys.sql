-- What people sign in by. The secret of a passkey never leaves its authenticator.
create table passkey (
  id text primary key,
  operator_id text not null references operator on delete cascade,
  -- what its authenticator calls it
  credential bytea not null unique check (length(credential) between 1 and 1023),
  public_key bytea not null,
  -- how often it was used, as its authenticator counts: going back means a copy; 0: it does not count
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  name text not null check (name <> ''),
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_of_operator on passkey (operator_id, created_at, id);

-- What was asked of a browser and is not answered yet: of whom, for what, and until when. Only its SHA-256 is kept.
create table challenge (
  hash bytea primary key check (length(hash) = 32),
  purpose text not null check (purpose in ('sign_in', 'invitation', 'touch', 'passkey', 'sign_on')),
  holder text not null,
  ends_at timestamptz not null
);
create index challenge_oldest on challenge (ends_at);

-- Who signs in by the company's own provider: what it calls them.
alter table operator add column sign_on_issuer text;
alter table operator add column sign_on_subject text;
