-- A payment or a distribution leads to a household as surely as its number does:
-- a nameless complaint holds neither.
ALTER TABLE "complaints"
  DROP CONSTRAINT "complaints_anonymous_check",
  ADD CONSTRAINT "complaints_anonymous_check" CHECK (
    NOT "anonymous" OR num_nonnulls("household_id", "contact_msisdn", "payment_id", "distribution_id") = 0);

-- AddForeignKey
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_distribution_id_fkey" FOREIGN KEY ("distribution_id") REFERENCES "distributions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A complainant may tell the commune after filing.
ALTER TABLE "complaint_events"
  DROP CONSTRAINT "complaint_events_kind_check",
  ADD CONSTRAINT "complaint_events_kind_check" CHECK (
    "kind" IN ('filed', 'located', 'moved', 'answered', 'accepted', 'refused', 'appealed', 'rated'));
