-- run: concurrently

-- What SIBS notified and is of nothing here, the newest first. This index has its condition in other words than
-- notification_unmatched has: whoever gives something its key at SIBS looks there for what waited for it, and
-- PostgreSQL, which does not know how many wait, went through one of the same words from end to end each time.
create index concurrently if not exists notification_without_subject on notification (received_at desc) where coalesce(subject_id, '') = '';
drop index concurrently if exists notification_of_nothing;
