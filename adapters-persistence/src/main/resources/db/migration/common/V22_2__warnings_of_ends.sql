-- The end of which a warning went out; null: none did.
alter table api_token add column warned_of timestamp(6) with time zone;
