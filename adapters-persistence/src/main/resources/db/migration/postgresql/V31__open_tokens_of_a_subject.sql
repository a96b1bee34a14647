-- How many tokens of one subject were rotated and are open is found without those that are closed, of which there may be very
-- many.
create index api_token_open on api_token (subject_id, role, superseded_until)
    where superseded_at is not null and closed_at is null and revoked_at is null;
