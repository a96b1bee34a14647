-- A long text lies in its row, where a reader of an older version of the row still finds it.
set max_length_inplace_lob 8388608;

-- The entries of the audit are numbered by the one process that uses this database, and by no sequence of H2: see EntryNumbers.
