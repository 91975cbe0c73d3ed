-- Who approved a decision is appealed against as much as who proposed it.
ALTER TABLE "complaints" ADD COLUMN     "approved_by" INTEGER;

UPDATE "complaints" SET "approved_by" = "said"."account"
FROM (
  SELECT DISTINCT ON ("complaint_id") "complaint_id", substr("actor", 9)::integer AS "account"
  FROM "complaint_events" WHERE "kind" = 'approved' AND "actor" ~ '^officer:[0-9]+$'
  ORDER BY "complaint_id", "happened_at" DESC) "said"
WHERE "said"."complaint_id" = "complaints"."id" AND "complaints"."decided_by" IS NOT NULL;
