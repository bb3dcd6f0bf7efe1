-- What colleagues and programs of the shop write about a payment; null once its customer is erased.
create table payment_note (
  id text primary key,
  payment_id text not null,
  text text,
  -- {type, id, name}
  by jsonb not null,
  at timestamptz not null
);
create index payment_note_newest on payment_note (payment_id, at desc, id desc);
