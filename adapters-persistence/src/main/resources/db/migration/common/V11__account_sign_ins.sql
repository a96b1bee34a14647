alter table account add column password_change_required boolean default false not null;
alter table account add column last_login_at timestamp(6) with time zone;

-- The name in lower case: no two accounts differ by letter case alone. Empty where an earlier version made the account, or
-- where two such accounts are there already, of which one keeps it.
alter table account add column name_folded varchar;
update account set name_folded = lower(name)
    where not exists (select 1 from account other where lower(other.name) = lower(account.name) and other.name < account.name);
alter table account add constraint account_name_in_any_case_once unique (name_folded);
