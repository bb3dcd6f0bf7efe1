-- run: concurrently

-- What one terminal's payments and mandates need a person for: those of others are not walked past.
create index concurrently if not exists task_of_terminal on task ((array[terminal]), since, id) where done_at is null;
