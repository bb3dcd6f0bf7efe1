-- What customers had sent to them by e-mail, and how often, without their addresses.
create table customer_mail (
  payment_id text not null,
  -- `receipt`, `reference`
  what text not null,
  -- a digest of the payment's page and the address
  address bytea not null,
  -- of the customer who asked; null after a day
  network text,
  at timestamptz not null,
  -- whether the mail server took it
  sent boolean not null default false,
  primary key (payment_id, what, address)
);
create index customer_mail_at on customer_mail (at);
create index customer_mail_of_network on customer_mail (network, at) where network is not null;
