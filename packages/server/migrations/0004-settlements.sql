-- What attempts took that is in no sum of their payment (late, double, of another amount than asked), and what of it went back, is on its
-- way back or may be: never more goes back than was taken.
alter table payment add column amount_aside bigint not null default 0 check (amount_aside >= 0);
alter table payment add column amount_returned bigint not null default 0 check (amount_returned >= 0);

-- SIBS has once said the opposite of what counted as settled: from then on the sums are what SIBS says, and no statement fails for it.
alter table payment add column is_corrected boolean not null default false;

alter table payment add constraint returned_within_aside check (is_corrected or amount_returned <= amount_aside);
alter table payment drop constraint settled_within_authorized;
alter table payment add constraint settled_within_authorized
  check (is_corrected or amount_captured + amount_released + amount_settling <= amount_authorized);
alter table payment drop constraint refunded_within_captured;
alter table payment add constraint refunded_within_captured
  check (is_corrected or amount_refunded + amount_refunding <= amount_captured);

-- What each approval took stands in the journal; from now on it stands in the attempt too.
update payment set state = state || jsonb_build_object('attempts', (
  select jsonb_agg(attempt || jsonb_build_object('taken', (
           select jsonb_build_object('amount', data -> 'amount', 'hold', coalesce(data -> 'hold', 'false'))
             from fact
            where subject_id = payment.id and kind = 'attempt_approved' and data ->> 'attempt' = attempt ->> 'id'
            order by number desc limit 1)) order by place)
    from jsonb_array_elements(state -> 'attempts') with ordinality as each (attempt, place)))
 where state @? '$.attempts[*] ? (@.status == "approved")';
