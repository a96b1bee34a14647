-- One row for each number that the counter in access_change gave out, in the order of commits, and only the last ten
-- thousand: who finds one missing (removed, or counted by an older version of this service) forgets everything.
create table access_log (
    number bigint not null,
    kind varchar not null,
    name varchar default '' not null,
    node varchar not null,
    changed_at timestamp(6) with time zone not null,
    constraint access_log_key primary key (number)
);
