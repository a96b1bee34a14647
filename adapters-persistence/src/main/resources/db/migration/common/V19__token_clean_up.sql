-- What stays of a token whose record was removed: nobody gets its id again, and nobody of its subject its name.
create table token_removed (
    id varchar not null,
    subject_kind varchar not null,
    subject_id varchar not null,
    role varchar not null,
    name varchar not null,
    removed_at timestamp(6) with time zone not null,
    constraint token_removed_key primary key (id),
    constraint token_removed_name_once unique (subject_id, role, name, subject_kind)
);

-- Runs of the clean-up of tokens: who asked, for what, how far it got, and what it did.
create table token_clean_up (
    id varchar not null,
    asked_by varchar not null,
    credential varchar,
    asked_method varchar not null,
    asked_from varchar not null,
    user_agent varchar not null,
    request_id varchar not null,
    project varchar,
    kinds varchar not null,
    ended_for_seconds bigint,
    unused_for_seconds bigint,
    never_used_for_seconds bigint,
    dry_run boolean not null,
    started_at timestamp(6) with time zone not null,
    place varchar,
    examined bigint not null,
    total bigint not null,
    revoked bigint not null,
    removed bigint not null,
    state varchar not null,
    worker varchar,
    worker_until timestamp(6) with time zone,
    finished_at timestamp(6) with time zone,
    constraint token_clean_up_key primary key (id),
    constraint token_clean_up_known_state check (state in ('running', 'done', 'failed', 'cancelled')),
    constraint token_clean_up_finished check ((state = 'running') = (finished_at is null)),
    constraint token_clean_up_has_worker check ((state = 'running') = (worker is not null))
);

create index token_clean_up_state on token_clean_up (state, started_at, id);

-- The first tokens that a run revoked or removed.
create table token_clean_up_item (
    clean_up varchar not null,
    place int not null,
    token_id varchar not null,
    token_name varchar not null,
    kind varchar not null,
    subject varchar not null,
    reason varchar not null,
    constraint token_clean_up_item_key primary key (clean_up, place)
);
