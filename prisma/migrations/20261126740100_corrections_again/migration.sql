-- Days may come back after others were told: one change has one correction under way, and another after it.
DROP INDEX "campaigns_correction_key";
CREATE UNIQUE INDEX "campaigns_correction_key" ON "campaigns" ("follows", "change", COALESCE("from_day", '0001-01-01'), COALESCE("to_day", '0001-01-01')) WHERE "kind" = 'correction' AND "state" NOT IN ('done', 'cancelled');
