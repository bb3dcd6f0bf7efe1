-- What a key or a person may capture, of one payment and within a day, beside what they may refund.
alter table api_key
  add column capture_limit bigint,
  -- [{key, most}]: whose day each capture is of, as `budgets` has it of refunds
  add column capture_budgets jsonb not null default '[]';
alter table api_key add constraint api_key_capture_limit_check check (capture_limit between 1 and 99999999) not valid;
alter table operator
  add column capture_limit bigint,
  add column capture_budgets jsonb not null default '[]';
alter table operator add constraint operator_capture_limit_check check (capture_limit between 1 and 99999999) not valid;
