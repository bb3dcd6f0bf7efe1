-- Whether a status can be asked for by merchantTransactionId.
alter table terminal add column status_by_merchant_transaction_id boolean not null default true;
