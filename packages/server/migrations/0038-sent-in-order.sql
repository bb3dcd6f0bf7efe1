-- When the event of a delivery was recorded; null: when it was first due, since nobody has asked for it again.
alter table delivery add column recorded_at timestamptz;
