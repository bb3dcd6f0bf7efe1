-- What a colleague keeps of a list under a name: its filters and columns, as an address has them.
create table saved_view (
  id text primary key,
  operator_id text not null,
  name text not null,
  query text not null,
  created_at timestamptz not null
);
create index saved_view_newest on saved_view (operator_id, created_at desc, id desc);
