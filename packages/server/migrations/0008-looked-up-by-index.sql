-- What is not settled is counted by these, without a look into the state of any payment or mandate.
create index payment_attempt_in_doubt on payment (id) where state @? '$.attempts[*] ? (@.inDoubt == true)';
create index payment_operation_in_doubt on payment (id) where state @? '$.operations[*] ? (@.status == "in_doubt")';
create index mandate_in_doubt on mandate (id) where state @? '$.inDoubt ? (@ == true)';

-- A notification with a text that PostgreSQL cannot hold (U+0000, half of a surrogate pair): the whole of it as it came. Its plaintext then has
-- U+FFFD in place of what cannot be held. Null where plaintext is as it came.
alter table notification add column raw text;
