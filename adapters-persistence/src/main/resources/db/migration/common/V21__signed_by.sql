-- Which key signs the value of a token, so that the records of what a revoked key signed can be ended. Unknown of before.
alter table api_token add column signed_by varchar;

-- Whether that was done. What was revoked before signed nothing that is known.
alter table signing_key add column records_ended boolean default false not null;
update signing_key set records_ended = true where revoked_at is not null;
