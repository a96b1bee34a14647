create table policy (
    id int default 1 not null,
    csv text not null,
    default_role varchar default '' not null,
    scopes varchar not null,
    version int not null,
    constraint policy_key primary key (id),
    constraint policy_only_one check (id = 1)
);

insert into policy (csv, default_role, scopes, version) values ('', '', '["groups"]', 1);

create table access_change (
    id int default 1 not null,
    changes bigint not null,
    constraint access_change_key primary key (id),
    constraint access_change_only_one check (id = 1)
);

insert into access_change (changes) values (0);
