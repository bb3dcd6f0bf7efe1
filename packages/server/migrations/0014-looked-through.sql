-- What 0004 holds for what is written since then, it holds for what was there as well.
alter table payment validate constraint payment_amount_aside_check;
alter table payment validate constraint payment_amount_returned_check;
alter table payment validate constraint returned_within_aside;
alter table payment validate constraint settled_within_authorized;
alter table payment validate constraint refunded_within_captured;
