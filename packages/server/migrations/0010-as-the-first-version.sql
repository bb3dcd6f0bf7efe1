-- The first version's own table had this otherwise: how long a request's key is held. Where it is as it should be, nothing changes.
alter table idempotency alter column held_until set default now() + interval '3 seconds';
