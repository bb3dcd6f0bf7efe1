-- A round of tries begins when the notification is recorded, and anew whenever it is asked for again by hand.
alter table notification add column round integer not null default 1;
