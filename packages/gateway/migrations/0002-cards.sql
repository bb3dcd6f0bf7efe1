-- Cards: never the number nor the code of one, nor anything computed from them. What is kept of a card is what PCI DSS 3.4.1 lets be shown.

-- A charge is the merchant's own, on an earlier payment by card (mit). A capture takes what is held.
alter table transaction drop constraint transaction_kind_check;
alter table transaction add check (kind in ('payment', 'charge', 'refund', 'cancellation', 'capture'));

alter table transaction
  -- what the checkout says of cards
  add column moto boolean not null default false,
  add column has_email boolean not null default false,
  add column has_billing_address boolean not null default false,
  add column keeps_card boolean not null default false,
  add column charges jsonb,

  -- the card it is paid with, and the token it has or gets
  add column card_brand text,
  add column card_first_six text check (card_first_six ~ '^[0-9]{6}$'),
  add column card_last_four text check (card_last_four ~ '^[0-9]{4}$'),
  add column card_expiry text check (card_expiry ~ '^[0-9]{4}-[0-9]{2}$'),
  add column card_fate text,
  add column token text check (token ~ '^[0-9a-f]{40}$'),

  -- 3-D Secure: what the browser was last asked to do, and what was proved in the end
  add column action_id uuid,
  add column action_type text check (action_type in ('THREEDS_METHOD', 'THREEDS_CHALLENGE')),
  add column action_asked_at timestamptz,
  add column action_ending text,
  add column action_tries integer,
  add column proof jsonb;

create unique index transaction_by_action on transaction (action_id) where action_id is not null;
create index transaction_challenged on transaction (action_asked_at)
  where outcome = 'action_wanted' and action_type = 'THREEDS_CHALLENGE';

-- Cards that customers let merchants keep. A token is a random value, good for the merchant it was made for.
create table token (
  token text primary key check (token ~ '^[0-9a-f]{40}$'),
  merchant_code bigint not null,
  transaction_id text not null,
  card_brand text,
  card_first_six text not null check (card_first_six ~ '^[0-9]{6}$'),
  card_last_four text not null check (card_last_four ~ '^[0-9]{4}$'),
  card_expiry text not null check (card_expiry ~ '^[0-9]{4}-[0-9]{2}$'),
  card_fate text not null,
  recorded_at timestamptz not null default clock_timestamp()
);
