-- run: concurrently

-- All of an endpoint's deliveries, due or not: an endpoint is removed with them.
create index concurrently if not exists delivery_of_endpoint on delivery (endpoint_id);
