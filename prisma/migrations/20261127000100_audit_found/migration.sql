-- The journal is read by day and by room of the service: without these a rare room, or a day of last year, walked
-- through all acts of two years.
-- CreateIndex
CREATE INDEX "audit_entries_happened_at_idx" ON "audit_entries"("happened_at");

-- CreateIndex
CREATE INDEX "audit_entries_action_idx" ON "audit_entries"("action" text_pattern_ops);
