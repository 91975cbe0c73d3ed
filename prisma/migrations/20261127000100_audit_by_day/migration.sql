-- The journal is read by day: without this a day of last year walked through all acts since.
-- CreateIndex
CREATE INDEX "audit_entries_happened_at_idx" ON "audit_entries"("happened_at");
