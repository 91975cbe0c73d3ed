-- Retention may also take the note out of a complaint's history, and change nothing else of it.

CREATE OR REPLACE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('jigi.retention', true) = 'on' THEN
    IF TG_OP <> 'UPDATE' THEN
      RETURN OLD;
    END IF;
    IF TG_TABLE_NAME = 'complaint_events' AND to_jsonb(NEW) = to_jsonb(OLD) || '{"note": null}' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$$;
