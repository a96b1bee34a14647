-- What the holder of an account should look at. Of sign-ins that an earlier version wrote down nothing is known.
alter table session add column new_place boolean default false not null;
alter table session add column refused_before integer default 0 not null;
