-- run: concurrently

-- What was paid of what a mandate or a plan charged, by when; and of which a person must look at a charge, or nobody knows what became of one.
create index concurrently if not exists listed_payment_charged_by_mandate on listed_payment (paid_at, mandate_id)
  where mandate_id is not null and paid_at is not null;
create index concurrently if not exists listed_payment_charged_by_plan on listed_payment (paid_at, plan_id)
  where plan_id is not null and paid_at is not null;
create index concurrently if not exists listed_payment_mandate_attention on listed_payment (mandate_id) where attention and mandate_id is not null;
create index concurrently if not exists listed_payment_plan_attention on listed_payment (plan_id) where attention and plan_id is not null;
create index concurrently if not exists listed_payment_plan_in_doubt on listed_payment (plan_id) where in_doubt and plan_id is not null;

-- Mandates by their limit, and plans by what they charge, as by all else.
create index concurrently if not exists mandate_of_limit on mandate ((array[state ->> 'limit', status]), created_at, id)
  where state ->> 'limit' is not null;
create index concurrently if not exists mandate_of_terminal_and_limit on mandate
  ((array[coalesce(terminal, ''), state ->> 'limit', status]), created_at, id) where state ->> 'limit' is not null;
create index concurrently if not exists listed_plan_of_amount on listed_plan ((array[amount::text, status]), created_at, id);
create index concurrently if not exists listed_plan_of_terminal_and_amount on listed_plan
  ((array[terminal, amount::text, status]), created_at, id);
