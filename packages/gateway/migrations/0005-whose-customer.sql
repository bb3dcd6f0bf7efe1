-- Whether a card is refused where the checkout named no customer: SIBS's page calls it mandatory and leaves it out of its own example.
alter table terminal add column requires_customer boolean not null default true;
