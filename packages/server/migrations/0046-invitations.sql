-- Links by which people come in, one of each person at most: the SHA-256 of what stands in it.
create table invitation (
  operator_id text primary key references operator on delete cascade,
  hash bytea not null unique check (length(hash) = 32),
  ends_at timestamptz not null
);
create index invitation_oldest on invitation (ends_at);
