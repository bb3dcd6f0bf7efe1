-- run: concurrently

-- What is awaited, beside however much that is due and may wait.
create index concurrently if not exists payment_awaited on payment (due_at) where due_at is not null and due_at is distinct from unawaited_at;
create index concurrently if not exists mandate_awaited on mandate (due_at) where due_at is not null and due_at is distinct from unawaited_at;
