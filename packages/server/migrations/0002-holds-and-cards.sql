-- Captures and cancellations that are under way or in doubt: spoken for, though not yet done.
alter table payment add column amount_settling bigint not null default 0 check (amount_settling >= 0);
alter table payment drop constraint captured_within_authorized;
alter table payment add constraint settled_within_authorized
  check (amount_captured + amount_released + amount_settling <= amount_authorized);

-- How a card's purchase goes on after the customer's browser did what the issuer wanted: the checkout's signature, sealed. It is good for
-- ten minutes, for that one transaction.
create table continuation (
  attempt_id text primary key,
  transaction_id text not null,
  signature text not null,
  created_at timestamptz not null
);
create index continuation_oldest on continuation (created_at);

-- A saved card: SIBS's token and what a customer recognises it by. No number, and no digest of one.
create table saved_card (
  id text primary key,
  customer_id text not null,
  value text not null,
  brand text,
  last_four text,
  expiry text,
  -- the customer's own charge that later charges by the merchant stand on, and when the customer consented to them
  payment_id text not null,
  transaction_id text not null unique,
  consented_at timestamptz not null,
  created_at timestamptz not null
);
create index saved_card_of_customer on saved_card (customer_id, created_at desc);

-- Tries to pay by card, counted against card testing: when, for what, and from where. Nothing of the card.
create table card_try (
  at timestamptz not null,
  payment_id text not null,
  address text
);
create index card_try_newest on card_try (at);
