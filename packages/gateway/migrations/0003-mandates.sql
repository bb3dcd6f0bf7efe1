-- Authorised payments. A mandate's creation is a transaction of its own kind, and what its customer consented to stands beside it.
-- A payment that is to be collected by a mandate names it.

alter table transaction drop constraint transaction_kind_check;
alter table transaction add check (kind in ('payment', 'mandate', 'charge', 'refund', 'cancellation', 'capture'));

alter table transaction
  add column mandate_id text check (mandate_id ~ '^[0-9]{20}$'),

  -- the consent: of a creation alone
  add column mandate_type text check (mandate_type in ('SUBSCRIPTION', 'ONECLICK')),
  add column mandate_status text check (mandate_status in ('PEND', 'ACTV', 'SSPN', 'CNCL')),
  add column customer_name text,
  add column mandate_limit bigint check (mandate_limit > 0),
  add column mandate_valid_until text check (mandate_valid_until ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  -- the last month of Lisbon in which something was collected, and how much
  add column collected_month text check (collected_month ~ '^[0-9]{4}-[0-9]{2}$'),
  add column collected bigint check (collected >= 0),

  add check ((kind = 'mandate') = (mandate_type is not null)),
  add check (mandate_type is null or (mandate_id is not null and mandate_status is not null and customer_name is not null)),
  add check ((collected_month is null) = (collected is null));

create unique index transaction_by_mandate on transaction (mandate_id) where kind = 'mandate';
create index transaction_mandates_on_phone on transaction (phone, recorded_at desc) where kind = 'mandate';
create index transaction_mandates_of_terminal on transaction (terminal_id, recorded_at desc) where kind = 'mandate';

-- Whether a collection above the limit is declined, instead of becoming a purchase to approve.
alter table terminal add column disable_mandate_mbway_fallback boolean not null default false;
