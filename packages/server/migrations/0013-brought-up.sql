-- run: in batches

-- What each approval took stands in the journal; it stands in the attempt too.
with part as (select id from payment where id > $1 order by id limit 1000), changed as (
  update payment set state = state || jsonb_build_object('attempts', (
    select jsonb_agg(jsonb_build_object('taken', (
             select jsonb_build_object('amount', data -> 'amount', 'hold', coalesce(data -> 'hold', 'false'))
               from fact
              where subject_id = payment.id and kind = 'attempt_approved' and data ->> 'attempt' = attempt ->> 'id'
              order by number desc limit 1)) || attempt order by place)
      from jsonb_array_elements(state -> 'attempts') with ordinality as each (attempt, place)))
   where id in (select id from part) and state @? '$.attempts[*] ? (@.status == "approved" && !exists (@.taken))')
select max(id) as last from part;

-- Of an operation in doubt, whether SIBS has spoken of it stood in the journal alone; of the first version's refunds, under their own names.
with part as (select id from payment where id > $1 order by id limit 1000), changed as (
  update payment set state = state || jsonb_build_object(list, (
    select jsonb_agg(jsonb_build_object('isHeardOf', exists (
             select from fact
              where subject_id = payment.id and coalesce(data ->> 'operation', data ->> 'refund') = one ->> 'id'
                and (kind in ('operation_noticed', 'refund_noticed')
                     or kind in ('operation_asked', 'refund_asked') and data ->> 'said' not in ('unknown', 'no answer')))) || one order by place)
      from jsonb_array_elements(state -> list) with ordinality as each (one, place)))
    from (values ('operations'), ('refunds')) as lists (list)
   where id in (select id from part) and state -> list @? '$[*] ? (@.status == "in_doubt" && !exists (@.isHeardOf))')
select max(id) as last from part;

-- How often an event of before was tried since it was recorded, or asked for again.
with part as (select id from delivery where id > $1 order by id limit 1000), changed as (
  update delivery
     set try_count = (select count(*) from jsonb_array_elements(tries) as try where (try ->> 'at')::timestamptz >= first_due_at)
   where id in (select id from part) and due_at is not null and tries <> '[]' and round = 1 and try_count = 0)
select max(id) as last from part;
