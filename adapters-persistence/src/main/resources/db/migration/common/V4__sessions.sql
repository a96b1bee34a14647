-- No row is removed while its id could come back.
create table session (
    id varchar not null,
    account_id varchar not null,
    account_name varchar not null,
    started_at timestamp(6) with time zone not null,
    ends_at timestamp(6) with time zone not null,
    address varchar default '' not null,
    user_agent varchar default '' not null,
    ended_at timestamp(6) with time zone,
    end_reason varchar,
    constraint session_key primary key (id),
    constraint session_ended_for_a_reason check ((ended_at is null) = (end_reason is null))
);

create index session_account on session (account_id);
