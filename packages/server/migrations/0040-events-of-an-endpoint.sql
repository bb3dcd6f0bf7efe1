-- run: concurrently

-- What an endpoint was sent, what it has not taken apart, in the order in which events are listed: events of others, and those that it took, are not
-- walked through.
create index concurrently if not exists delivery_listed on delivery
  (endpoint_id, (case when due_at is null and given_up_at is null then 'taken' else 'left' end), (coalesce(recorded_at, first_due_at)) desc,
   sequence desc, event_id desc);
