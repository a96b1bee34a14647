-- When each key begins to sign, and whether what it signed is still believed. Keys of before all sign since they were made.
alter table signing_key add active_from timestamp(6) with time zone;
alter table signing_key add revoked_at timestamp(6) with time zone;
alter table signing_key add revoked_by varchar;
alter table signing_key add constraint signing_key_revoked_by_somebody
    check ((revoked_at is null) = (revoked_by is null));

update signing_key set active_from = created_at;
