-- In which version's words a fact is written: what versions before wrote, and one that runs beside this one still writes, is the first.
alter table caravela.fact add column version integer not null default 1;
