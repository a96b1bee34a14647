-- Placeholder: shows that migrations run. Replace this file by the first real one.
create table build_probe (id varchar(40) primary key, made_at timestamp with time zone not null);
