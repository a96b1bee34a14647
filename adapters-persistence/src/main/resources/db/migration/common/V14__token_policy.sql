-- Of one project, or, with an empty id, for all. What is null was not said.
create table token_policy (
    project_id varchar not null,
    account_default_seconds bigint,
    account_max_seconds bigint,
    account_allow_no_expiry boolean not null,
    account_unused_for_seconds bigint,
    account_max_live int,
    account_warn_before_seconds bigint,
    project_default_seconds bigint,
    project_max_seconds bigint,
    project_allow_no_expiry boolean not null,
    project_unused_for_seconds bigint,
    project_max_live int,
    project_warn_before_seconds bigint,
    session_idle_seconds bigint,
    session_absolute_seconds bigint,
    session_max_per_account int,
    session_reauthenticate_seconds bigint,
    version int not null,
    constraint token_policy_key primary key (project_id)
);
