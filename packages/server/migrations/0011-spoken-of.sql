-- Of an operation in doubt that SIBS has spoken of, a look-up that finds nothing proves nothing: it arrived. Whether SIBS has stood in the journal
-- alone; of the first version's refunds, under their own names.
update payment set state = state || jsonb_build_object(part, (
  select jsonb_agg(jsonb_build_object('isHeardOf', exists (
           select from fact
            where subject_id = payment.id and coalesce(data ->> 'operation', data ->> 'refund') = one ->> 'id'
              and (kind in ('operation_noticed', 'refund_noticed')
                   or kind in ('operation_asked', 'refund_asked') and data ->> 'said' not in ('unknown', 'no answer')))) || one order by place)
    from jsonb_array_elements(state -> part) with ordinality as each (one, place)))
  from (values ('operations'), ('refunds')) as parts (part)
 where state -> part @? '$[*] ? (@.status == "in_doubt" && !exists (@.isHeardOf))';
