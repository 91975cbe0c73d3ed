-- AlterTable
ALTER TABLE "phones" ADD COLUMN     "failed_in_row" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "failed_since" DATE,
ADD COLUMN     "reached_on" DATE;

-- CreateTable
CREATE TABLE "messages" (
    "id" SERIAL NOT NULL,
    "purpose" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 0,
    "msisdn" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "text" TEXT,
    "encoding" TEXT NOT NULL,
    "segments" SMALLINT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),
    "claimed_by" TEXT,
    "begun_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "gateway" TEXT,
    "operator" TEXT,
    "provider_id" TEXT,
    "price_xof" INTEGER,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reminder_plans" (
    "id" SERIAL NOT NULL,
    "rule" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "messages" INTEGER,
    "call_entries" INTEGER,

    CONSTRAINT "reminder_plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_list_entries" (
    "id" SERIAL NOT NULL,
    "purpose" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 0,
    "household_id" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "listed_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "call_list_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unreachable_phones" (
    "id" SERIAL NOT NULL,
    "event_id" TEXT NOT NULL,
    "msisdn" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "listed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "unreachable_phones_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "callback_entries" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "door" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "provider_id" TEXT,
    "msisdn" TEXT,
    "reported_as" TEXT,

    CONSTRAINT "callback_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbound_sms" (
    "id" SERIAL NOT NULL,
    "gateway" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "msisdn" TEXT NOT NULL,
    "meaning" TEXT NOT NULL,
    "text" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),
    "handled_by" TEXT,

    CONSTRAINT "inbound_sms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gateway_states" (
    "gateway" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(3),
    "probed_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "paused_reason" TEXT,
    "slow_ms" INTEGER,
    "measured_at" TIMESTAMPTZ(3),

    CONSTRAINT "gateway_states_pkey" PRIMARY KEY ("gateway")
);

-- CreateTable
CREATE TABLE "send_allowances" (
    "gateway" TEXT NOT NULL,
    "operator" TEXT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "refilled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "send_allowances_pkey" PRIMARY KEY ("gateway","operator")
);

-- CreateTable
CREATE TABLE "senders" (
    "name" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "senders_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "class_pauses" (
    "class" TEXT NOT NULL,
    "paused_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_by" TEXT NOT NULL,

    CONSTRAINT "class_pauses_pkey" PRIMARY KEY ("class")
);

-- CreateIndex
CREATE INDEX "messages_subject_id_purpose_idx" ON "messages"("subject_id", "purpose");

-- CreateIndex
CREATE UNIQUE INDEX "messages_msisdn_purpose_subject_id_round_key" ON "messages"("msisdn", "purpose", "subject_id", "round");

-- CreateIndex
CREATE INDEX "reminder_plans_subject_id_idx" ON "reminder_plans"("subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "reminder_plans_rule_subject_id_round_key" ON "reminder_plans"("rule", "subject_id", "round");

-- CreateIndex
CREATE INDEX "call_list_entries_subject_id_purpose_idx" ON "call_list_entries"("subject_id", "purpose");

-- CreateIndex
CREATE UNIQUE INDEX "call_list_entries_household_id_purpose_subject_id_round_key" ON "call_list_entries"("household_id", "purpose", "subject_id", "round");

-- CreateIndex
CREATE UNIQUE INDEX "unreachable_phones_event_id_key" ON "unreachable_phones"("event_id");

-- CreateIndex
CREATE INDEX "unreachable_phones_msisdn_idx" ON "unreachable_phones"("msisdn");

-- CreateIndex
CREATE UNIQUE INDEX "callback_entries_key_key" ON "callback_entries"("key");

-- CreateIndex
CREATE INDEX "callback_entries_received_at_idx" ON "callback_entries"("received_at");

-- CreateIndex
CREATE INDEX "inbound_sms_msisdn_received_at_idx" ON "inbound_sms"("msisdn", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_sms_gateway_provider_id_key" ON "inbound_sms"("gateway", "provider_id");

-- AddForeignKey
ALTER TABLE "call_list_entries" ADD CONSTRAINT "call_list_entries_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "households"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- The network of a number by its first digits, as src/text/msisdn.ts has them; 'other' for all that go another way.
CREATE FUNCTION "operator_of"("msisdn" TEXT) RETURNS TEXT
  LANGUAGE SQL IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN left("msisdn", 4) <> '+223' THEN 'other'
    WHEN substr("msisdn", 5, 1) IN ('7') THEN 'orange'
    WHEN substr("msisdn", 5, 1) IN ('6') THEN 'malitel'
    WHEN substr("msisdn", 5, 2) IN ('82', '83', '84', '90', '91', '92', '93', '94') THEN 'orange'
    WHEN substr("msisdn", 5, 2) IN ('89', '95', '96', '97', '98', '99') THEN 'malitel'
    WHEN substr("msisdn", 5, 2) IN ('50', '51', '52', '53') THEN 'telecel'
    WHEN substr("msisdn", 5, 4) = '2001' THEN 'orange'
    WHEN substr("msisdn", 5, 4) = '2079' OR substr("msisdn", 5, 3) = '217' THEN 'malitel'
    ELSE 'other'
  END;

-- Senders look for the oldest due row of a class on a network, so that one whose gateway stands still keeps nobody
-- else; rows that are settled stand in no queue.
CREATE INDEX "messages_queued_idx" ON "messages" ("class", operator_of("msisdn"), "due_at", "id") WHERE "state" = 'queued';
CREATE INDEX "messages_held_idx" ON "messages" ("due_at") WHERE "state" = 'held';
CREATE INDEX "messages_expiry_idx" ON "messages" ("expires_at") WHERE "state" IN ('held', 'queued');
CREATE INDEX "messages_sending_idx" ON "messages" ("claimed_at") WHERE "state" = 'sending';
CREATE INDEX "messages_provider_id_idx" ON "messages" ("provider_id") WHERE "provider_id" IS NOT NULL;
-- Not by begun_at: a field of an index, changed just before each request, would be written to every index.
CREATE INDEX "messages_unknown_idx" ON "messages" ("id") WHERE "state" = 'unknown';
CREATE INDEX "reminder_plans_planned_idx" ON "reminder_plans" ("due_at") WHERE "status" = 'planned';
CREATE UNIQUE INDEX "unreachable_phones_open_key" ON "unreachable_phones" ("msisdn") WHERE "settled_at" IS NULL;
CREATE INDEX "callback_entries_unmatched_idx" ON "callback_entries" ("provider_id") WHERE "outcome" = 'unmatched';

-- A queue changes all its rows within minutes: the dead ones must not wait for a fifth of the table.
ALTER TABLE "messages" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

ALTER TABLE "messages"
  ADD CONSTRAINT "messages_msisdn_check" CHECK ("msisdn" ~ '^\+[1-9][0-9]{6,14}$'),
  ADD CONSTRAINT "messages_class_check" CHECK ("class" IN ('reply', 'complaint', 'reminder', 'campaign')),
  ADD CONSTRAINT "messages_encoding_check" CHECK ("encoding" IN ('gsm7', 'ucs2')),
  ADD CONSTRAINT "messages_state_check" CHECK ("state" IN ('held', 'queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'cancelled', 'expired')),
  ADD CONSTRAINT "messages_segments_check" CHECK ("segments" BETWEEN 1 AND 10),
  ADD CONSTRAINT "messages_text_check" CHECK ("text" <> '' AND ("text" IS NOT NULL OR "settled_at" IS NOT NULL OR "state" IN ('sent', 'unknown'))),
  ADD CONSTRAINT "messages_expiry_check" CHECK ("expires_at" >= "due_at"),
  -- What is over has its moment and, where it did not arrive, its reason; what is under way has a sender.
  ADD CONSTRAINT "messages_settled_check" CHECK (("state" IN ('delivered', 'failed', 'cancelled', 'expired')) = ("settled_at" IS NOT NULL)),
  ADD CONSTRAINT "messages_reason_check" CHECK ("reason" IS NOT NULL OR "state" IN ('queued', 'sending', 'sent', 'delivered')),
  ADD CONSTRAINT "messages_claim_check" CHECK ("state" <> 'sending' OR num_nulls("claimed_at", "claimed_by") = 0);

ALTER TABLE "reminder_plans"
  ADD CONSTRAINT "reminder_plans_status_check" CHECK ("status" IN ('planned', 'written', 'cancelled', 'expired')),
  ADD CONSTRAINT "reminder_plans_settled_check" CHECK (("status" = 'planned') = ("settled_at" IS NULL)),
  ADD CONSTRAINT "reminder_plans_expiry_check" CHECK ("expires_at" >= "due_at");

ALTER TABLE "call_list_entries"
  ADD CONSTRAINT "call_list_entries_reason_check" CHECK ("reason" IN ('insecureZone', 'optedOut', 'noConsent', 'stale', 'noPhone'));

ALTER TABLE "unreachable_phones"
  ADD CONSTRAINT "unreachable_phones_reason_check" CHECK ("reason" IN ('failed', 'silent'));

ALTER TABLE "callback_entries"
  ADD CONSTRAINT "callback_entries_door_check" CHECK ("door" IN ('delivery', 'inbound')),
  ADD CONSTRAINT "callback_entries_outcome_check" CHECK ("outcome" IN ('settled', 'repeated', 'unmatched', 'unknownStatus', 'unreadable', 'taken')),
  ADD CONSTRAINT "callback_entries_body_check" CHECK (octet_length("body") <= 16384);

ALTER TABLE "inbound_sms"
  ADD CONSTRAINT "inbound_sms_meaning_check" CHECK ("meaning" IN ('stop', 'start', 'yes', 'no', 'digit', 'info', 'other'));

ALTER TABLE "gateway_states"
  ADD CONSTRAINT "gateway_states_paused_reason_check" CHECK ("paused_reason" IN ('noBalance', 'notConfigured', 'staff')),
  ADD CONSTRAINT "gateway_states_pause_check" CHECK (("paused_at" IS NULL) = ("paused_reason" IS NULL));

ALTER TABLE "class_pauses"
  ADD CONSTRAINT "class_pauses_class_check" CHECK ("class" IN ('reply', 'complaint', 'reminder', 'campaign'));

-- A payment may be confirmed by SMS, which proves no card.
ALTER TABLE "receipts"
  DROP CONSTRAINT "receipts_proof_level_check",
  DROP CONSTRAINT "receipts_channel_check",
  ADD CONSTRAINT "receipts_proof_level_check" CHECK ("proof_level" IN ('L0', 'L1', 'L1b')),
  ADD CONSTRAINT "receipts_channel_check" CHECK ("channel" IN ('ussd', 'sms', 'agent')),
  ADD CONSTRAINT "receipts_sms_check" CHECK (("channel" = 'sms') = ("proof_level" = 'L0'));
