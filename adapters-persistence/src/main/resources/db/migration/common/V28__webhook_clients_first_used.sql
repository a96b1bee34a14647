-- When a message first proved that somebody has the secret: from then on it is not shown again to who asks for the same client
-- under the same idempotency key. Unknown of before, when no key was taken.
alter table webhook_client add column first_used_at timestamp(6) with time zone;
