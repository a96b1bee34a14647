-- A long text lies in its row, where a reader of an older version of the row still finds it.
set max_length_inplace_lob 8388608;

create index api_token_unrevoked on api_token (subject_id, role);
