-- A link that holds is one for a household and a number, and is looked for by its number: one index does both.
DROP INDEX "phone_links_household_id_msisdn_open_key";
DROP INDEX "phone_links_msisdn_idx";
CREATE UNIQUE INDEX "phone_links_msisdn_household_id_open_key"
  ON "phone_links" ("msisdn", "household_id") WHERE "ended_at" IS NULL;
