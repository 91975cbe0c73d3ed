-- Every page of the inbox counts what is open: all that the counts ask stands in the index, so that no row is fetched.
DROP INDEX "complaints_open_due_on_idx";
CREATE INDEX "complaints_open_due_on_idx" ON "complaints"("due_on", "id")
  INCLUDE ("category", "status", "commune_code", "entry_level", "assigned_to", "named_level", "named_account_id",
    "respond_by", "pending_kind", "pending_by", "closed_at")
  WHERE "closed_at" IS NULL;
