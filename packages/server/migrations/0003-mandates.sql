-- Journal, events and notifications are of a payment or of a mandate: `pay_…`, `man_…`.
alter table fact rename column payment_id to subject_id;
alter table found_by rename column payment_id to subject_id;
alter table event rename column payment_id to subject_id;
alter table delivery rename column payment_id to subject_id;
alter table notification rename column payment_id to subject_id;

-- A mandate as it stands now: a customer's consent to be charged, with the plans that stand on it.
create table mandate (
  id text primary key,
  status text not null check (status in ('pending', 'active', 'suspended', 'canceled', 'expired', 'refused')),
  type text not null check (type in ('subscription', 'oneclick')),
  phone text not null,
  -- the shop's own id of the customer
  customer_id text,
  reference text,
  description text not null,
  state jsonb not null,
  version integer not null,
  created_at timestamptz not null,
  due_at timestamptz,
  leased_until timestamptz
);
create index mandate_due on mandate (due_at) where due_at is not null;
create index mandate_newest on mandate (created_at desc, id desc);
create index mandate_of_customer on mandate (customer_id, created_at desc, id desc) where customer_id is not null;
create index mandate_by_reference on mandate (reference, created_at desc, id desc) where reference is not null;

-- A phone is asked once for the same thing at a time, whoever asks and however often.
create unique index mandate_asked_once on mandate (phone, type, coalesce(reference, ''), description)
  where status = 'pending';

-- Charged by a mandate, and, of a plan, for which of its periods.
alter table payment add column mandate_id text;
alter table payment add column plan_id text;
alter table payment add column plan_period integer;
create index payment_of_mandate on payment (mandate_id, created_at desc, id desc) where mandate_id is not null;
-- a period is charged once, whatever happens
create unique index payment_once_per_period on payment (plan_id, plan_period) where plan_id is not null;

-- Payments that were made before are by no mandate and of no plan.
update payment set state = state
  || '{"mandate": null, "plan": null, "charging": {"putOffUntil": null, "isStopped": false}}'
  || jsonb_build_object('attempts', (
       select coalesce(jsonb_agg(attempt || '{"mandate": null}' order by place), '[]')
         from jsonb_array_elements(state -> 'attempts') with ordinality as each (attempt, place)));
