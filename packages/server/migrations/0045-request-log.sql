-- What was asked of the API: by whom, of which route, and what it was answered. No body, no address, nothing of a person but their id.
create table request_log (
  id text primary key,
  at timestamptz not null,
  method text not null,
  path text not null,
  status integer not null,
  ms integer not null,
  -- whose key or person it was; empty: that of the settings, or nobody's
  by_type text,
  by_id text not null,
  -- empty: of all terminals
  terminal text not null,
  problem text
);
create index request_log_newest on request_log (at desc, id desc);
create index request_log_of_terminal on request_log (terminal, at desc, id desc);
create index request_log_by on request_log (by_id, terminal, at desc, id desc);
create index request_log_refused on request_log (at desc, id desc) where status >= 400;
create index request_log_refused_at on request_log (terminal, at desc, id desc) where status >= 400;
create index request_log_refused_by on request_log (by_id, terminal, at desc, id desc) where status >= 400;
