-- run: in batches

-- What was asked for again before that was kept.
with part as (select id from delivery where id > $1 order by id limit 1000), changed as (
  update delivery set recorded_at = event.at
    from event
   where delivery.id in (select id from part) and event.id = delivery.event_id and event.at <> delivery.first_due_at and recorded_at is null)
select max(id) as last from part;
