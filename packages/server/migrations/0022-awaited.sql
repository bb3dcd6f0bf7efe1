-- The moment of due_at for which nobody waits: a row whose two moments differ is awaited. What does not know of it, as the version before, leaves what
-- it makes due to be done first.
alter table caravela.payment add column unawaited_at timestamptz;
alter table caravela.mandate add column unawaited_at timestamptz;
