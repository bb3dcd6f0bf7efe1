-- What attempts took that is in no sum of their payment (late, double, of another amount than asked), and what of it went back, is on its
-- way back or may be: never more goes back than was taken.
alter table payment add column amount_aside bigint not null default 0;
alter table payment add column amount_returned bigint not null default 0;

-- SIBS has once said the opposite of what counted as settled: from then on the sums are what SIBS says, and no statement fails for it.
alter table payment add column is_corrected boolean not null default false;

-- Each holds for what is written from now on; what was there is looked through by 0014, while others go on writing.
alter table payment add constraint payment_amount_aside_check check (amount_aside >= 0) not valid;
alter table payment add constraint payment_amount_returned_check check (amount_returned >= 0) not valid;
alter table payment add constraint returned_within_aside check (is_corrected or amount_returned <= amount_aside) not valid;
alter table payment drop constraint settled_within_authorized;
alter table payment add constraint settled_within_authorized
  check (is_corrected or amount_captured + amount_released + amount_settling <= amount_authorized) not valid;
alter table payment drop constraint refunded_within_captured;
alter table payment add constraint refunded_within_captured
  check (is_corrected or amount_refunded + amount_refunding <= amount_captured) not valid;
