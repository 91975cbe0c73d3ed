-- prove_card answers with one row. PostgreSQL supposes a thousand of a function,
-- reckons the whole household a thousand times over, and on servers with a
-- just-in-time compiler compiles for tenths of a second what runs in half a millisecond.
ALTER FUNCTION prove_card(text, text, text, text, text, timestamptz) ROWS 1;
