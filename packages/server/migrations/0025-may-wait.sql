-- run: concurrently

-- What may wait, beside however much that is awaited later on.
create index concurrently if not exists payment_may_wait on payment (due_at) where due_at = unawaited_at;
create index concurrently if not exists mandate_may_wait on mandate (due_at) where due_at = unawaited_at;
