-- A key of one terminal sees and makes only what is that terminal's; null: of all.
alter table api_key add column terminal text;

-- Two shops may each be told of their own events at one address.
alter table event_endpoint drop constraint event_endpoint_url_key;
