-- How many tokens of one subject count is found without those that ended.
create index api_token_live on api_token (subject_id, role, revoked_at, superseded_at, expires_at);
