-- run: concurrently

create unique index concurrently if not exists operator_signed_on on operator (sign_on_issuer, sign_on_subject);
