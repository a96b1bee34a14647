-- How many tokens of one subject count is found without those that ended.
create index api_token_live on api_token (subject_id, role, expires_at) where revoked_at is null and superseded_at is null;
