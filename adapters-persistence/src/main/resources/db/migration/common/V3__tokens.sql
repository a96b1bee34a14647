-- No row is ever removed: that is what makes an id, and a name of one subject, unique for ever.
create table api_token (
    id varchar not null,
    name varchar not null,
    subject_kind varchar not null,
    subject_id varchar not null,
    subject_name varchar not null,
    role varchar default '' not null,
    description varchar default '' not null,
    issued_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone,
    created_by varchar default '' not null,
    revoked_at timestamp(6) with time zone,
    revoked_by varchar,
    constraint api_token_key primary key (id),
    constraint api_token_name_once unique (subject_id, role, name, subject_kind),
    constraint api_token_subject_kind check (subject_kind in ('account', 'projectRole')),
    constraint api_token_revoked_by_somebody check ((revoked_at is null) = (revoked_by is null))
);

-- "founder" is set on the first key and empty on all others: of two first keys one finds it taken.
create table signing_key (
    kid varchar not null,
    algorithm varchar not null,
    private_jwk text not null,
    created_at timestamp(6) with time zone not null,
    founder boolean,
    constraint signing_key_key primary key (kid),
    constraint signing_key_one_founder unique (founder)
);
