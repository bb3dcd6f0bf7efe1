-- run: concurrently

-- Payments that owe somebody something and that nobody looks at: a server of the release before, which knows of no such thing, may leave one so.
create index concurrently if not exists payment_owing_unseen on payment (id)
  where due_at is null and state @? '$.operations[*] ? (@.againAt != null)';
