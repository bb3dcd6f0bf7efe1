-- run: concurrently

-- A customer's payments, newest first, by the shop's own id of them: of every version's states.
create index concurrently if not exists payment_of_customer on payment ((state #>> '{customer,id}'), created_at desc, id desc)
  where state #>> '{customer,id}' is not null;

-- All that is kept of a payment or a mandate beside it is erased with it: answers by what their requests made, notifications by what they tell of.
create index concurrently if not exists idempotency_of_resource on idempotency (resource) where resource is not null;
create index concurrently if not exists notification_of_subject on notification (subject_id) where subject_id is not null;
