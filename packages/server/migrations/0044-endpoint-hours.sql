-- How endpoints took what they were sent, by the hour: counted as each try is written down, so that nobody reads the tries themselves to know.
create table endpoint_hour (
  -- of one that may be gone meanwhile
  endpoint_id text not null,
  hour timestamptz not null,
  delivered integer not null,
  failed integer not null,
  last_delivered_at timestamptz,
  last_failed_at timestamptz,
  -- null: there was no answer
  last_status integer,
  last_failure text,
  primary key (endpoint_id, hour)
);
create index endpoint_hour_oldest on endpoint_hour (hour);
