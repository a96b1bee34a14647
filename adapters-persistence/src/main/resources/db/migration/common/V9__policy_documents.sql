alter table policy add column match_mode varchar(8) default 'glob' not null;
alter table policy add column extra text default '{}' not null;
