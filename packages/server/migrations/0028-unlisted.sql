-- run: concurrently

-- Payments and mandates whose rows of lists are of another version than their own.
create index concurrently if not exists payment_unlisted on payment (version, id) where listed_version is distinct from version;
create index concurrently if not exists mandate_unlisted on mandate (version, id) where listed_version is distinct from version;

-- Payments are listed by rows of their own. payment_newest stays: by it the release before lists them, as long as one runs beside this one, and walks along it
-- for what it filters.
drop index concurrently if exists payment_by_status;
drop index concurrently if exists payment_by_reference;
drop index concurrently if exists payment_of_mandate;
