-- CreateTable
CREATE TABLE "message_gates" (
    "subject_id" INTEGER NOT NULL,
    "is_open" BOOLEAN NOT NULL,
    "any_hour" BOOLEAN NOT NULL DEFAULT false,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_gates_pkey" PRIMARY KEY ("subject_id")
);

-- CreateTable
CREATE TABLE "message_counts" (
    "id" SERIAL NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "operator" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "messages" INTEGER NOT NULL,
    "segments" INTEGER NOT NULL,
    "price_xof" INTEGER NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_counts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sms_prices" (
    "operator" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "price_xof" INTEGER NOT NULL,
    "set_by" TEXT NOT NULL,

    CONSTRAINT "sms_prices_pkey" PRIMARY KEY ("operator","valid_from")
);

-- CreateTable
CREATE TABLE "campaigns" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "author_id" INTEGER,
    "financing" TEXT,
    "subject_kind" TEXT,
    "subject_id" INTEGER,
    "from_day" DATE,
    "to_day" DATE,
    "audience" JSONB NOT NULL,
    "texts" JSONB NOT NULL,
    "long_because" TEXT,
    "ceiling_xof" INTEGER NOT NULL,
    "failure_percent" INTEGER NOT NULL,
    "life_hours" INTEGER NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "frozen_at" TIMESTAMPTZ(3),
    "fingerprint" TEXT,
    "target" INTEGER,
    "approved_by" INTEGER,
    "approved_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "halt_cause" TEXT,
    "follows" INTEGER,
    "change" TEXT,
    "template_name" TEXT,
    "template_version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_events" (
    "id" SERIAL NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "from_state" TEXT NOT NULL,
    "to_state" TEXT NOT NULL,
    "actor_id" INTEGER,
    "detail" JSONB NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_templates" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "texts" JSONB NOT NULL,
    "made_by" INTEGER,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_templates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_recipients" (
    "campaign_id" INTEGER NOT NULL,
    "household_id" INTEGER NOT NULL,
    "msisdn" TEXT,
    "locale" TEXT NOT NULL,
    "is_shared" BOOLEAN NOT NULL,
    "zone" TEXT NOT NULL,
    "consents" BOOLEAN NOT NULL,
    "reason" TEXT,
    "is_first" BOOLEAN NOT NULL,

    CONSTRAINT "campaign_recipients_pkey" PRIMARY KEY ("campaign_id","household_id")
);

-- CreateIndex
CREATE INDEX "message_counts_subject_id_idx" ON "message_counts"("subject_id");

-- CreateIndex
CREATE INDEX "campaigns_follows_idx" ON "campaigns"("follows");

-- CreateIndex
CREATE INDEX "campaign_events_campaign_id_idx" ON "campaign_events"("campaign_id");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_templates_name_version_key" ON "campaign_templates"("name", "version");

-- AddForeignKey
ALTER TABLE "campaign_events" ADD CONSTRAINT "campaign_events_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_recipients" ADD CONSTRAINT "campaign_recipients_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


ALTER TABLE "message_counts"
  ADD CONSTRAINT "message_counts_operator_check" CHECK ("operator" IN ('orange', 'malitel', 'telecel', 'other')),
  ADD CONSTRAINT "message_counts_state_check" CHECK ("state" IN ('held', 'queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'cancelled', 'expired'));

ALTER TABLE "sms_prices"
  ADD CONSTRAINT "sms_prices_operator_check" CHECK ("operator" IN ('orange', 'malitel', 'telecel', 'other')),
  ADD CONSTRAINT "sms_prices_price_check" CHECK ("price_xof" BETWEEN 0 AND 1000);

ALTER TABLE "campaigns"
  ADD CONSTRAINT "campaigns_kind_check" CHECK ("kind" IN ('announcement', 'wave', 'distribution', 'session', 'correction', 'retry')),
  ADD CONSTRAINT "campaigns_state_check" CHECK ("state" IN ('draft', 'submitted', 'rejected', 'approved', 'scheduled', 'sending', 'paused', 'halted', 'done', 'cancelled')),
  ADD CONSTRAINT "campaigns_subject_check" CHECK (("subject_kind" IS NULL) = ("subject_id" IS NULL) AND "subject_kind" IN ('wave', 'distribution', 'session')),
  ADD CONSTRAINT "campaigns_ceiling_check" CHECK ("ceiling_xof" >= 0),
  ADD CONSTRAINT "campaigns_failure_check" CHECK ("failure_percent" BETWEEN 1 AND 100),
  ADD CONSTRAINT "campaigns_life_check" CHECK ("life_hours" BETWEEN 1 AND 720),
  ADD CONSTRAINT "campaigns_halt_cause_check" CHECK ("halt_cause" IN ('tooManyFailures', 'tooDear')),
  ADD CONSTRAINT "campaigns_change_check" CHECK (("kind" = 'correction') = ("change" IS NOT NULL) AND "change" IN ('moved', 'postponed', 'cancelled')),
  -- From the moment somebody approves it, what is sent is what was frozen, and somebody else's decision than the author's.
  ADD CONSTRAINT "campaigns_frozen_check" CHECK ("state" IN ('draft', 'rejected', 'cancelled') OR num_nulls("frozen_at", "fingerprint", "target") = 0),
  ADD CONSTRAINT "campaigns_approved_check" CHECK ("state" NOT IN ('approved', 'scheduled', 'sending', 'paused', 'halted', 'done') OR num_nulls("approved_by", "approved_at") = 0),
  ADD CONSTRAINT "campaigns_two_people_check" CHECK ("approved_by" IS DISTINCT FROM "author_id" OR "approved_by" IS NULL);
-- One change of dates is corrected once.
CREATE UNIQUE INDEX "campaigns_correction_key" ON "campaigns" ("follows", "change", COALESCE("from_day", '0001-01-01'), COALESCE("to_day", '0001-01-01')) WHERE "kind" = 'correction';
CREATE INDEX "campaigns_open_idx" ON "campaigns" ("state") WHERE "state" IN ('scheduled', 'sending', 'paused', 'halted');

ALTER TABLE "campaign_recipients"
  ADD CONSTRAINT "campaign_recipients_zone_check" CHECK ("zone" IN ('normal', 'insecure')),
  ADD CONSTRAINT "campaign_recipients_reason_check" CHECK ("reason" IN ('suspended', 'noPhone', 'optedOut', 'noConsent', 'insecureZone', 'stale', 'dailyCap')),
  ADD CONSTRAINT "campaign_recipients_first_check" CHECK (NOT "is_first" OR ("reason" IS NULL AND "msisdn" IS NOT NULL));

-- A campaign that waits must not be in the way of another: its queued rows are found by campaign, those of all else by class.
DROP INDEX "messages_queued_idx";
CREATE INDEX "messages_queued_idx" ON "messages" ("class", operator_of("msisdn"), "due_at", "id") WHERE "state" = 'queued' AND "class" <> 'campaign';
CREATE INDEX "messages_campaign_queued_idx" ON "messages" ("subject_id", operator_of("msisdn"), "due_at", "id") WHERE "state" = 'queued' AND "class" = 'campaign';
-- Rows come in the order of their days: which numbers are busy on one is read from a few pages.
CREATE INDEX "messages_due_at_idx" ON "messages" USING brin ("due_at") WITH (pages_per_range = 32, autosummarize = on);

-- Sums of what each statement moved: appended, so that senders do not wait for each other, and added up now and then.
CREATE FUNCTION "count_campaign_moves"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO message_counts (subject_id, operator, state, messages, segments, price_xof, counted_at)
  SELECT subject_id, coalesce(operator, 'other'), state, sum(n), sum(n * segments), sum(n * coalesce(price_xof, 0)), clock_timestamp()
  FROM (SELECT subject_id, operator, state, segments, price_xof, -1 AS n FROM before_it
        WHERE purpose = 'campaign.message'
        UNION ALL
        SELECT subject_id, operator, state, segments, price_xof, 1 FROM after_it
        WHERE purpose = 'campaign.message') moved
  GROUP BY 1, 2, 3
  HAVING sum(n) <> 0 OR sum(n * segments) <> 0 OR sum(n * coalesce(price_xof, 0)) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER "messages_count_moves" AFTER UPDATE ON "messages"
  REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it
  FOR EACH STATEMENT EXECUTE FUNCTION count_campaign_moves();
