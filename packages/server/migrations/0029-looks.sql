-- What inquiries that said nothing new have come to since the last fact: {on, looks}, `on` being the version of the state that they are of. null: nothing.
-- looked: how many such inquiries there were, so that nobody decides on fewer than there are.
alter table caravela.payment add column looks jsonb, add column looked integer not null default 0;
alter table caravela.mandate add column looks jsonb, add column looked integer not null default 0;
