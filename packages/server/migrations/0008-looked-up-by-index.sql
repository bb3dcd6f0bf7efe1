-- A notification with a text that PostgreSQL cannot hold (U+0000, half of a surrogate pair): the whole of it as it came. Its plaintext then has
-- U+FFFD in place of what cannot be held. Null where plaintext is as it came.
alter table notification add column raw text;
