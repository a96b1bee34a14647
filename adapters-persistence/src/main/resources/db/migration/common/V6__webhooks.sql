create table webhook_client (
    project_id varchar not null,
    name varchar not null,
    project_name varchar not null,
    scheme varchar not null,
    sealed_secret varchar not null,
    role varchar not null,
    enabled boolean default true not null,
    created_at timestamp(6) with time zone not null,
    constraint webhook_client_key primary key (project_id, name)
);

create table webhook_delivery (
    project_id varchar not null,
    client_name varchar not null,
    delivery_id varchar not null,
    received_at timestamp(6) with time zone not null,
    constraint webhook_delivery_key primary key (project_id, client_name, delivery_id)
);
