-- session_live begins with the same column, and finds whatever this one found.
drop index session_account;
