-- Retention takes households, payments and distributions away by the thousand: for each one the store looks for
-- rows that still point to it, and reads the whole table where no index leads there.
CREATE INDEX "ration_receipts_household_id_idx" ON "ration_receipts"("household_id");
CREATE INDEX "complaints_payment_id_idx" ON "complaints"("payment_id");
CREATE INDEX "complaints_distribution_id_idx" ON "complaints"("distribution_id");
