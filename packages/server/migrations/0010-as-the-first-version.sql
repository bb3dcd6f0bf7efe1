-- The first version's own tables had these otherwise: the order in which events are listed, the index that counts what is in hand of an
-- endpoint, and how long a request's key is held. Where they are as they should be, nothing changes.
drop index if exists event_newest;
create index event_newest on event (at desc, sequence desc, id desc);
create index if not exists delivery_in_hand on delivery (endpoint_id) where leased_until is not null;
alter table idempotency alter column held_until set default now() + interval '3 seconds';
