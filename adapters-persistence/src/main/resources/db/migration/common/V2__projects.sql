-- Lists and maps are JSON, and so is "rest": what the owner wrote besides.
create table project (
    id varchar not null,
    name varchar not null,
    labels text not null,
    annotations text not null,
    finalizers text not null,
    description varchar default '' not null,
    roles text not null,
    rest text not null,
    created_at timestamp(6) with time zone not null,
    generation int default 1 not null,
    version int default 1 not null,
    constraint project_key primary key (id),
    constraint project_name_once unique (name)
);
