-- run: concurrently

-- A customer's payments are found to be erased by the mandates that charged them.
create index concurrently if not exists payment_by_mandate_and_status on payment ((array[mandate_id, status]), created_at, id)
  where mandate_id is not null;
