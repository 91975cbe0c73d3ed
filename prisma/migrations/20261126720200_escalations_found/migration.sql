-- The inbox tells what went up in the last days: of all that happened, few rows.
CREATE INDEX "complaint_events_escalated_idx" ON "complaint_events"("happened_at") WHERE "kind" = 'escalated';
