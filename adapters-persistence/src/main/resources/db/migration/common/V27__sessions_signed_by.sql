-- Which key signed the latest token of a session, so that the records of what a revoked key signed can be ended. Unknown of
-- before.
alter table session add column signed_by varchar;
