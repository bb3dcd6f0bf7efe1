-- run: in batches

-- What was to happen by itself and did not is among what needs somebody, also where somebody has settled it: those payments are listed anew.
with part as (select id, subject_id, status, reason from listed_operation where id > $1 order by id limit 1000), changed as (
  update payment set listed_in_full = null
   where id in (select subject_id from part where status = 'failed' and reason <> 'requested'))
select max(id) as last from part;
