-- The life of a token. What an older version writes beside this one has none of it: null and the defaults mean that nothing was done.

-- Null: from when it was issued.
alter table api_token add column not_before timestamp(6) with time zone;
-- One in each line.
alter table api_token add column networks text default '' not null;
alter table api_token add column permissions text default '' not null;
alter table api_token add column max_uses int;
alter table api_token add column uses int default 0 not null;
alter table api_token add column first_used_at timestamp(6) with time zone;

-- Null: the first of its family, if there is one.
alter table api_token add column family_id varchar;
alter table api_token add column generation int default 0 not null;
alter table api_token add column predecessor_id varchar;
alter table api_token add column successor_id varchar;
alter table api_token add column superseded_at timestamp(6) with time zone;
alter table api_token add column superseded_until timestamp(6) with time zone;
alter table api_token add column close_on_first_use boolean default false not null;
alter table api_token add column closed_at timestamp(6) with time zone;
alter table api_token add column revoke_reason varchar default '' not null;

create index api_token_newest on api_token (issued_at desc, id);
create index api_token_owner on api_token (subject_name, issued_at desc, id);
create index api_token_created_by on api_token (created_by, issued_at desc, id);
create index api_token_expires_at on api_token (expires_at);
create index api_token_family on api_token (family_id);

-- What was asked for under an idempotency key; never what was answered.
create table token_repeat (
    caller varchar not null,
    repeat_key varchar not null,
    fingerprint varchar not null,
    token_id varchar not null,
    asked_at timestamp(6) with time zone not null,
    constraint token_repeat_key primary key (caller, repeat_key)
);

create index token_repeat_asked_at on token_repeat (asked_at);
