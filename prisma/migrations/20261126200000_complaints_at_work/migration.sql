-- AlterTable
ALTER TABLE "complaints"
  ADD COLUMN "entry_level" TEXT NOT NULL DEFAULT 'N5',
  ADD COLUMN "filed_by" INTEGER,
  ADD COLUMN "filed_channel" TEXT,
  ADD COLUMN "brought_by" TEXT,
  ADD COLUMN "on_behalf_of" TEXT,
  ADD COLUMN "escalate_on" DATE,
  ADD COLUMN "waiting_since" DATE,
  ADD COLUMN "reminded_on" DATE,
  ADD COLUMN "assigned_to" INTEGER,
  ADD COLUMN "named_kind" TEXT,
  ADD COLUMN "named_level" TEXT,
  ADD COLUMN "named_account_id" INTEGER,
  ADD COLUMN "named_key" TEXT,
  ADD COLUMN "named_text" TEXT,
  ADD COLUMN "decision_code" TEXT,
  ADD COLUMN "amount_restored_xof" INTEGER,
  ADD COLUMN "decided_by" INTEGER,
  ADD COLUMN "appeals" SMALLINT NOT NULL DEFAULT 0,
  ADD COLUMN "barred" INTEGER[] NOT NULL DEFAULT ARRAY[]::INTEGER[],
  ADD COLUMN "duplicate_of" INTEGER,
  ADD COLUMN "referral_body_id" INTEGER,
  ADD COLUMN "pending_kind" TEXT,
  ADD COLUMN "pending_by" INTEGER,
  ADD COLUMN "pending_at" TIMESTAMPTZ(3),
  ADD COLUMN "pending_status" TEXT,
  ADD COLUMN "pending_answer" TEXT,
  ADD COLUMN "pending_decision" TEXT,
  ADD COLUMN "pending_amount_xof" INTEGER,
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "changed_in" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "complaint_events" ADD COLUMN "from_level" TEXT, ADD COLUMN "to_level" TEXT;

-- AlterTable
ALTER TABLE "callbacks" ADD COLUMN "tries" SMALLINT NOT NULL DEFAULT 0, ADD COLUMN "closed_by" INTEGER;

-- AlterTable
ALTER TABLE "phone_changes" ADD COLUMN "first_by" TEXT, ADD COLUMN "first_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "complaint_questions" (
    "id" SERIAL NOT NULL,
    "complaint_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "asked_by" INTEGER NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by" TEXT,

    CONSTRAINT "complaint_questions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_links" (
    "id" SERIAL NOT NULL,
    "first_id" INTEGER NOT NULL,
    "second_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "linked_by" INTEGER NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "complaint_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_alerts" (
    "id" SERIAL NOT NULL,
    "named_key" TEXT NOT NULL,
    "named_account_id" INTEGER,
    "named_level" TEXT,
    "commune_code" TEXT,
    "complaints" INTEGER NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),
    "seen_by" INTEGER,

    CONSTRAINT "complaint_alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "referral_bodies" (
    "id" SERIAL NOT NULL,
    "region_code" TEXT,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "last_checked_on" DATE,
    "ended_on" DATE,

    CONSTRAINT "referral_bodies_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "complaints_commune_code_idx" ON "complaints"("commune_code");

-- CreateIndex
CREATE INDEX "complaints_assigned_to_idx" ON "complaints"("assigned_to");

-- CreateIndex
CREATE INDEX "complaints_named_key_idx" ON "complaints"("named_key");

-- CreateIndex
CREATE INDEX "complaints_changed_in_idx" ON "complaints"("changed_in");

-- CreateIndex
CREATE INDEX "complaint_questions_complaint_id_idx" ON "complaint_questions"("complaint_id");

-- CreateIndex
CREATE INDEX "complaint_links_second_id_idx" ON "complaint_links"("second_id");

-- CreateIndex
CREATE UNIQUE INDEX "complaint_links_first_id_second_id_key" ON "complaint_links"("first_id", "second_id");

-- CreateIndex
CREATE UNIQUE INDEX "complaint_alerts_named_key_key" ON "complaint_alerts"("named_key");

-- CreateIndex
CREATE INDEX "complaint_alerts_raised_at_idx" ON "complaint_alerts"("raised_at");

-- CreateIndex
CREATE UNIQUE INDEX "referral_bodies_name_region_code_key" ON "referral_bodies"("name", "region_code");

-- AddForeignKey
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_referral_body_id_fkey" FOREIGN KEY ("referral_body_id") REFERENCES "referral_bodies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_questions" ADD CONSTRAINT "complaint_questions_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaints"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is open, by the day on which it is due; and what goes up by itself.
CREATE INDEX "complaints_open_due_on_idx" ON "complaints"("due_on", "id") WHERE "closed_at" IS NULL;
CREATE INDEX "complaints_escalate_on_idx" ON "complaints"("escalate_on") WHERE "escalate_on" IS NOT NULL;

ALTER TABLE "complaints"
  DROP CONSTRAINT "complaints_anonymous_check",
  ADD CONSTRAINT "complaints_anonymous_check" CHECK (NOT "anonymous" OR num_nonnulls(
    "household_id", "contact_msisdn", "payment_id", "distribution_id", "brought_by", "on_behalf_of") = 0),
  ADD CONSTRAINT "complaints_entry_level_check" CHECK ("entry_level" IN ('N1', 'N2', 'N3', 'N4', 'N5')),
  ADD CONSTRAINT "complaints_filed_channel_check" CHECK ("filed_channel" IN ('paper', 'call', 'visit')),
  ADD CONSTRAINT "complaints_filed_check" CHECK (("filed_by" IS NULL) = ("filed_channel" IS NULL)),
  ADD CONSTRAINT "complaints_waiting_check" CHECK ("waiting_since" IS NULL OR "status" = 'WAITING_COMPLAINANT'),
  ADD CONSTRAINT "complaints_named_kind_check" CHECK ("named_kind" IN ('staff', 'agent', 'person', 'body')),
  ADD CONSTRAINT "complaints_named_level_check" CHECK ("named_level" IN ('N1', 'N2', 'N3', 'N4', 'N5')),
  ADD CONSTRAINT "complaints_named_text_check" CHECK (length("named_text") BETWEEN 1 AND 200),
  ADD CONSTRAINT "complaints_amount_restored_xof_check" CHECK ("amount_restored_xof" >= 0),
  ADD CONSTRAINT "complaints_appeals_check" CHECK ("appeals" >= 0),
  ADD CONSTRAINT "complaints_duplicate_of_check" CHECK ("duplicate_of" <> "id"),
  ADD CONSTRAINT "complaints_pending_kind_check" CHECK ("pending_kind" IN ('answer', 'closing')),
  ADD CONSTRAINT "complaints_pending_check" CHECK (
    num_nonnulls("pending_kind", "pending_by", "pending_at", "pending_status") IN (0, 4)),
  ADD CONSTRAINT "complaints_pending_amount_xof_check" CHECK ("pending_amount_xof" >= 0);

ALTER TABLE "complaint_events"
  DROP CONSTRAINT "complaint_events_kind_check",
  ADD CONSTRAINT "complaint_events_kind_check" CHECK ("kind" IN (
    'filed', 'located', 'moved', 'answered', 'accepted', 'refused', 'appealed', 'rated',
    'acknowledged', 'assigned', 'noted', 'asked', 'told', 'reminded', 'referred', 'proposed', 'approved', 'sentBack',
    'closed', 'reopened', 'escalated', 'linked', 'merged', 'reclassified', 'flagged', 'named', 'applied')),
  ADD CONSTRAINT "complaint_events_from_level_check" CHECK ("from_level" IN ('N1', 'N2', 'N3', 'N4', 'N5')),
  ADD CONSTRAINT "complaint_events_to_level_check" CHECK ("to_level" IN ('N1', 'N2', 'N3', 'N4', 'N5'));

ALTER TABLE "complaint_questions"
  ADD CONSTRAINT "complaint_questions_kind_check" CHECK ("kind" IN ('yesNo', 'digit', 'date')),
  ADD CONSTRAINT "complaint_questions_answer_check" CHECK ("answer" ~ '^(yes|no|[0-9]|[0-9]{4}-[0-9]{2}-[0-9]{2})$'),
  ADD CONSTRAINT "complaint_questions_answered_check" CHECK (("answered_at" IS NULL) = ("answered_by" IS NULL));
-- One question at a time.
CREATE INDEX "complaints_waiting_msisdn_idx" ON "complaints"("contact_msisdn") WHERE "waiting_since" IS NOT NULL;
CREATE UNIQUE INDEX "complaint_questions_complaint_id_open_key" ON "complaint_questions"("complaint_id") WHERE "answered_at" IS NULL;

ALTER TABLE "complaint_links"
  ADD CONSTRAINT "complaint_links_kind_check" CHECK ("kind" IN ('related', 'duplicate')),
  ADD CONSTRAINT "complaint_links_order_check" CHECK ("first_id" < "second_id");
ALTER TABLE "complaint_alerts" ADD CONSTRAINT "complaint_alerts_seen_check" CHECK (("seen_at" IS NULL) = ("seen_by" IS NULL));
ALTER TABLE "referral_bodies"
  ADD CONSTRAINT "referral_bodies_kind_check" CHECK ("kind" IN ('health', 'justice', 'police', 'social', 'payment', 'data', 'other')),
  ADD CONSTRAINT "referral_bodies_name_check" CHECK (length("name") BETWEEN 1 AND 120),
  ADD CONSTRAINT "referral_bodies_contact_check" CHECK (length("contact") BETWEEN 1 AND 200);
ALTER TABLE "callbacks" ADD CONSTRAINT "callbacks_tries_check" CHECK ("tries" >= 0);
ALTER TABLE "phone_changes" ADD CONSTRAINT "phone_changes_first_check" CHECK (("first_at" IS NULL) = ("first_by" IS NULL));

-- What was filed before: its place, its first level, the day on which it goes up. Without a place it is the nation's.
UPDATE "complaints" c SET "commune_code" = h."commune_code"
  FROM "households" h WHERE h."id" = c."household_id" AND c."commune_code" IS NULL;
UPDATE "complaints" SET "level" = 'N5' WHERE "commune_code" IS NULL AND "closed_at" IS NULL;
UPDATE "complaints" c SET "appeals" = e."n" FROM (
  SELECT "complaint_id", count(*) AS "n" FROM "complaint_events" WHERE "to_status" = 'APPEALED' GROUP BY 1) e
  WHERE e."complaint_id" = c."id";
UPDATE "complaints" SET "entry_level" = "level",
  "waiting_since" = CASE WHEN "status" = 'WAITING_COMPLAINANT' THEN current_date END,
  "escalate_on" = CASE WHEN "closed_at" IS NULL AND "level" < 'N5' THEN
    "filed_at"::date + CASE "category" WHEN 'C1' THEN 2 WHEN 'C3' THEN 5 WHEN 'C4' THEN 20 WHEN 'C5' THEN 10
      WHEN 'C6' THEN 7 WHEN 'C7' THEN 7 ELSE 10 END END;

-- Each change counts, whoever makes it: two officers who act at once do not both win, and a screen
-- finds what changed since it looked. A nameless complaint that is written anew says no more than the row itself.
CREATE FUNCTION "mark_complaint_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."entry_level" := least(NEW."entry_level", NEW."level");
  NEW."changed_in" := pg_current_xact_id()::text::bigint;
  IF TG_OP = 'UPDATE' THEN
    NEW."version" := OLD."version" + 1;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "complaints_mark_change" BEFORE INSERT OR UPDATE ON "complaints"
  FOR EACH ROW EXECUTE FUNCTION mark_complaint_change();
