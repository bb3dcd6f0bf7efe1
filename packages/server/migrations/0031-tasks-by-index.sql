-- run: concurrently

create index concurrently if not exists delivery_given_up on delivery (endpoint_id, given_up_at desc) where given_up_at is not null;
create index concurrently if not exists notification_of_nothing on notification (received_at desc) where subject_id is null;
