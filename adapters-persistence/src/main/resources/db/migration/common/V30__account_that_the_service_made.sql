-- Whether the service made it by itself, at the very first start. Of before, it is taken from the one whose password has not
-- been changed since; of any other it makes no difference.
alter table account add column provisioned boolean default false not null;
update account set provisioned = true where name = 'admin' and password_changed_at = created_at;
