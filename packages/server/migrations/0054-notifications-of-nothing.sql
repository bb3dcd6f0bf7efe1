-- run: concurrently

-- What SIBS notified and is of nothing here, the newest first. It asks for that in other words than
-- notification_unmatched does: whoever gives something its key at SIBS looks there for what waited for it, and
-- PostgreSQL, which does not know how many wait, walked through an index of the same words from end to end each time.
create index concurrently if not exists notification_without_subject on notification (received_at desc) where coalesce(subject_id, '') = '';
drop index concurrently if exists notification_of_nothing;
