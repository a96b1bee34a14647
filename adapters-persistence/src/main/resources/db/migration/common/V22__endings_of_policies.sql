-- A change of a policy on tokens that is in force, and that is not written into the record of every token that it ended.
-- Of one project, or, with an empty id and name, of the policy for all.
create table token_policy_ending (
    project_id varchar not null,
    project_name varchar not null,
    changed_at timestamp(6) with time zone not null,
    changed_by varchar not null,
    constraint token_policy_ending_key primary key (project_id)
);
