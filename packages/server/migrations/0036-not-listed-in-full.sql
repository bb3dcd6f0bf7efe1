-- run: concurrently

-- Payments whose rows of lists are of another version than their own. payment_unlisted stays: by it the release before finds those that it lists.
create index concurrently if not exists payment_not_in_full on payment (version, id) where listed_in_full is distinct from version;
