create table account (
    id varchar not null,
    name varchar not null,
    capabilities varchar default '' not null,
    enabled boolean default true not null,
    description varchar default '' not null,
    password_hash varchar,
    password_changed_at timestamp(6) with time zone,
    created_at timestamp(6) with time zone not null,
    version int default 0 not null,
    constraint account_key primary key (id),
    constraint account_name_once unique (name),
    constraint account_password_and_time check ((password_hash is null) = (password_changed_at is null))
);

-- A name that nobody has, as long as a request may be, or a password typed into the wrong field: a digest fits and tells nothing.
create table sign_in_failure (
    key_digest varchar not null,
    failures int not null,
    last_failed_at timestamp(6) with time zone not null,
    constraint sign_in_failure_key primary key (key_digest)
);
