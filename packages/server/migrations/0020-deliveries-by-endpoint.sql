-- run: concurrently

-- An endpoint's own deliveries, by when they are due, and those that are not behind them: what is sent there, and what is removed with it.
create index concurrently if not exists delivery_at_endpoint on delivery (endpoint_id, due_at);

-- Those in hand, by until when: counting them reads no more than there are.
create index concurrently if not exists delivery_held on delivery (endpoint_id, leased_until) where leased_until is not null;

-- What these were for is found by the two above, by a server of the release before as well. By when all of them are due it asks for its
-- metric alone, and finds that by delivery_order, which holds those that are due.
drop index concurrently if exists delivery_in_lane;
drop index concurrently if exists delivery_of_endpoint;
drop index concurrently if exists delivery_in_hand;
drop index concurrently if exists delivery_due;
