-- When each phone was asked, so that nobody has one ring without end: [{id, of, at}], the attempt or the mandate, the newest last. One row for
-- each phone, so that two servers that ask it in the same moment see each other.
create table phone_request (
  phone text primary key,
  asked jsonb not null,
  last_at timestamptz not null
);
create index phone_request_oldest on phone_request (last_at);
