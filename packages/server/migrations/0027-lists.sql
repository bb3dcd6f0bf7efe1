-- What lists, searches and sums know of a payment, beside its state: a payment is written five times while it is paid, and what is listed of it changes
-- in three of them. Of which version a payment's rows here are; where that is not its own, a server of the release before has written it, or
-- none has listed it yet: then it is listed anew, before anything is answered from here (storage/unlisted.ts).
alter table payment add column listed_version integer;
alter table mandate add column listed_version integer;

create table listed_payment (
  id text primary key,
  subject_id text not null,
  -- empty: made before payments remembered theirs
  terminal text not null,
  created_at timestamptz not null,
  paid_at timestamptz,
  status text not null,
  -- `none` before the first attempt
  method text not null,
  amount bigint not null,
  reference text not null,
  customer_id text,
  mandate_id text,
  plan_id text,
  attention boolean not null,
  in_doubt boolean not null
);
-- All that an index of a list is by is one key, asked for as a range and sorted by, and then comes the moment: so no other index serves instead, however
-- rare or common PostgreSQL believes any of it to be.
create index listed_payment_newest on listed_payment (terminal, created_at desc, id desc);
create index listed_payment_of_reference on listed_payment
  ((array[terminal, lower(reference), status, method]), created_at, id);
create index listed_payment_of_a_customer on listed_payment
  ((array[terminal, customer_id, status, method]), created_at, id) where customer_id is not null;
create index listed_payment_of_status on listed_payment ((array[terminal, status, method]), created_at, id);
create index listed_payment_of_amount on listed_payment ((array[terminal, amount::text, status, method]), created_at, id);
create index listed_payment_of_a_mandate on listed_payment ((array[mandate_id, status, method]), created_at, id)
  where mandate_id is not null;
create index listed_payment_of_a_plan on listed_payment ((array[plan_id, status, method]), created_at, id)
  where plan_id is not null;
create index listed_payment_paid_reference on listed_payment ((array[terminal, lower(reference), method]), paid_at, id)
  where paid_at is not null;
create index listed_payment_paid_amount on listed_payment ((array[terminal, amount::text, method]), paid_at, id)
  where paid_at is not null;
create index listed_payment_paid_customer on listed_payment ((array[terminal, customer_id, method]), paid_at, id)
  where paid_at is not null and customer_id is not null;
create index listed_payment_paid on listed_payment (terminal, method, paid_at desc, id desc) where paid_at is not null;
create index listed_payment_attention on listed_payment (created_at desc, id desc) where attention;
create index listed_payment_in_doubt on listed_payment (created_at desc, id desc) where in_doubt;

-- Captures, cancellations and refunds.
create table listed_operation (
  id text primary key,
  subject_id text not null,
  terminal text not null,
  kind text not null,
  created_at timestamptz not null,
  done_at timestamptz,
  status text not null,
  reason text not null,
  method text not null,
  amount bigint not null,
  reference text not null,
  customer_id text,
  attention boolean not null
);
create index listed_operation_newest on listed_operation (terminal, kind, created_at desc, id desc);
create index listed_operation_of_status on listed_operation ((array[terminal, kind, status, method]), created_at, id);
create index listed_operation_of_reference on listed_operation
  ((array[terminal, kind, lower(reference), status, method]), created_at, id);
create index listed_operation_of_amount on listed_operation
  ((array[terminal, kind, amount::text, status, method]), created_at, id);
create index listed_operation_of_a_customer on listed_operation
  ((array[terminal, kind, customer_id, status, method]), created_at, id) where customer_id is not null;
-- By when it was done, of each method: for one that few have, others are not walked through.
create index listed_operation_done_by on listed_operation (terminal, kind, method, done_at desc, id desc) where done_at is not null;
create index listed_operation_of_payment on listed_operation (subject_id, kind);
create index listed_operation_attention on listed_operation (kind, created_at desc, id desc) where attention;

-- By what somebody reads out: the last four digits of a phone or a card, an e-mail address, a Multibanco reference.
create table search_term (
  list text not null,
  term text not null,
  terminal text not null,
  created_at timestamptz not null,
  id text not null,
  subject_id text not null,
  primary key (list, term, terminal, created_at, id)
);

-- Money that moved, by the day in Lisbon on which it did.
create table movement (
  id text primary key,
  subject_id text not null,
  terminal text not null,
  at timestamptz not null,
  day date not null,
  method text not null,
  taken bigint not null,
  refunded bigint not null,
  held bigint not null
);
create index movement_by_day on movement (terminal, day) include (method, subject_id, taken, refunded, held);
create index movement_of_payment on movement (subject_id);

create table listed_plan (
  id text primary key,
  subject_id text not null,
  terminal text not null,
  created_at timestamptz not null,
  status text not null,
  amount bigint not null,
  reference text not null,
  customer_id text
);
create index listed_plan_newest on listed_plan (created_at desc, id desc);
create index listed_plan_of_status on listed_plan ((array[status]), created_at, id);
create index listed_plan_of_terminal on listed_plan ((array[terminal, status]), created_at, id);
create index listed_plan_by_reference on listed_plan (lower(reference), created_at desc, id desc);
create index listed_plan_of_customer on listed_plan (customer_id, created_at desc, id desc) where customer_id is not null;
create index listed_plan_of_mandate on listed_plan (subject_id, created_at desc, id desc);
