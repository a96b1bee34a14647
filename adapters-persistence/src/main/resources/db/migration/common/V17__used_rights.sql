-- What tokens made use of, by day: the number of a day since 1970-01-01, UTC.
create table used_right (
    credential varchar not null,
    epoch_day bigint not null,
    resource varchar not null,
    action varchar not null,
    object varchar not null,
    uses bigint not null,
    last_at timestamp(6) with time zone not null,
    constraint used_right_key primary key (credential, epoch_day, resource, action, object)
);

create index used_right_epoch_day on used_right (epoch_day);
