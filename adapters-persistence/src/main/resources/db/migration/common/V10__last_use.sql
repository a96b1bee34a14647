-- Empty until the credential is used; written some time after the use, in batches.
alter table session add column last_used_at timestamp(6) with time zone;
alter table session add column last_used_from varchar;
alter table session add column last_used_by varchar;
alter table api_token add column last_used_at timestamp(6) with time zone;
alter table api_token add column last_used_from varchar;
alter table api_token add column last_used_by varchar;

create index session_started_at on session (started_at, id);
create index session_ends_at on session (ends_at);
create index session_ended_at on session (ended_at);
create index sign_in_failure_last_failed_at on sign_in_failure (last_failed_at);

-- A measure that each wrong password fills a little, and time drains: it is empty again at this many microseconds after 1970.
create table sign_in_pressure (
    key_digest varchar not null,
    drained_at_micros bigint not null,
    constraint sign_in_pressure_key primary key (key_digest)
);

create index sign_in_pressure_drained_at on sign_in_pressure (drained_at_micros);

-- From where somebody got in before.
create table sign_in_success (
    key_digest varchar not null,
    last_at timestamp(6) with time zone not null,
    constraint sign_in_success_key primary key (key_digest)
);

create index sign_in_success_last_at on sign_in_success (last_at);
