-- run: concurrently

-- What SIBS is known to have done, by kind and time: beside a look-up that finds nothing of a call, a later one is looked up that must be found.
create index concurrently if not exists fact_operation_done on fact (left(data ->> 'operation', 3), at) where kind = 'operation_succeeded';
create index concurrently if not exists fact_charge_named on fact (at) where kind = 'attempt_named';

-- A key of an operation is there once.
create unique index concurrently if not exists idempotency_operation on idempotency (key, operation);

-- What is not settled is counted by these, without a look into the state of any payment or mandate.
create index concurrently if not exists payment_attempt_in_doubt on payment (id) where state @? '$.attempts[*] ? (@.inDoubt == true)';
create index concurrently if not exists payment_operation_in_doubt on payment (id) where state @? '$.operations[*] ? (@.status == "in_doubt")';
create index concurrently if not exists mandate_in_doubt on mandate (id) where state @? '$.inDoubt ? (@ == true)';

-- An endpoint's own deliveries, by when they are due.
create index concurrently if not exists delivery_in_lane on delivery (endpoint_id, due_at) where due_at is not null;

-- The first version's own tables lacked the one, and had the other otherwise.
create index concurrently if not exists delivery_in_hand on delivery (endpoint_id) where leased_until is not null;
create index concurrently if not exists event_by_age on event (at desc, sequence desc, id desc);
drop index concurrently if exists event_newest;
