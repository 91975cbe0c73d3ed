-- No page asks by transaction what changed: what came is counted among what an officer sees.
CREATE OR REPLACE FUNCTION "mark_complaint_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."entry_level" := least(NEW."entry_level", NEW."level");
  IF TG_OP = 'UPDATE' THEN
    NEW."version" := OLD."version" + 1;
  END IF;
  RETURN NEW;
END
$$;

-- DropIndex
DROP INDEX "complaints_changed_in_idx";

-- AlterTable
ALTER TABLE "complaints" DROP COLUMN "changed_in";
