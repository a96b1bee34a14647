-- Whatever the locale of the database: lists are ordered by the code points of what they are ordered by.
alter table account alter column name type varchar collate "C";
alter table project alter column name type varchar collate "C";
alter table api_token alter column id type varchar collate "C";
alter table signing_key alter column kid type varchar collate "C";
alter table webhook_client alter column name type varchar collate "C";

create index api_token_unrevoked on api_token (subject_id, role, issued_at) where revoked_at is null;

-- One counter for all processes, and a gap where a transaction was rolled back.
alter table audit_entry alter column entry_number add generated always as identity;
