-- run: concurrently

-- When SIBS last notified, of each terminal.
create index concurrently if not exists notification_newest on notification ((coalesce(terminals, '{}')), received_at desc);
