-- Who numbers the entries differs: see V8 of each database.
create table audit_entry (
    entry_number bigint not null,
    happened_at timestamp(6) with time zone not null,
    actor_subject varchar not null,
    actor_token_id varchar,
    actor_method varchar not null,
    address varchar not null,
    user_agent varchar not null,
    request_id varchar not null,
    action varchar not null,
    target_kind varchar not null,
    target_project varchar not null,
    target_name varchar not null,
    outcome varchar not null,
    reason varchar not null,
    changes text not null,
    constraint audit_entry_key primary key (entry_number)
);

create index audit_entry_happened_at on audit_entry (happened_at);
