-- Of which credential and day uses were left out: the number of a day since 1970-01-01, UTC. An empty credential: nobody knows
-- of which.
create table used_right_gap (
    credential varchar not null,
    epoch_day bigint not null,
    constraint used_right_gap_key primary key (credential, epoch_day)
);

create index used_right_gap_epoch_day on used_right_gap (epoch_day);

-- Of a day that was full before, nobody knows whether there was more.
insert into used_right_gap (credential, epoch_day)
select credential, epoch_day from used_right group by credential, epoch_day having count(*) >= 500;
