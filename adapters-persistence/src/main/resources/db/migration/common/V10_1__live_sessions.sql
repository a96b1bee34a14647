create index session_live on session (account_id, ended_at, ends_at);
