-- What SIBS is known to have done, by kind and time: beside a look-up that finds nothing of a call, a later one is looked up that must be found.
create index fact_operation_done on fact (left(data ->> 'operation', 3), at) where kind = 'operation_succeeded';
create index fact_charge_named on fact (at) where kind = 'attempt_named';
