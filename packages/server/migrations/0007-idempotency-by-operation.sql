-- A key belongs to an operation on a resource of a merchant, however the path was spelt and whatever API key was sent. Null: the row is of a
-- version that knew the spelling alone (scope); it is found by that for as long as it is kept.
alter table idempotency add column operation text;
