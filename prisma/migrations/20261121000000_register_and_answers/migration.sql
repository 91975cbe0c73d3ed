-- CreateTable
CREATE TABLE "territory_units" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_code" TEXT,
    "pcode" TEXT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "territory_units_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" SERIAL NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "households" (
    "id" SERIAL NOT NULL,
    "household_number" TEXT NOT NULL,
    "card_number" TEXT,
    "card_check" TEXT,
    "commune_code" TEXT NOT NULL,
    "village_code" TEXT,
    "village" TEXT NOT NULL,
    "village_key" TEXT NOT NULL,
    "recipient_first_name" TEXT NOT NULL,
    "recipient_last_name" TEXT NOT NULL,
    "recipient_sex" TEXT,
    "alternate_first_name" TEXT,
    "alternate_last_name" TEXT,
    "register_msisdn" TEXT,
    "register_phone_kind" TEXT,
    "locale" TEXT,
    "sms_consent" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "households_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "phone_links" (
    "id" SERIAL NOT NULL,
    "household_id" INTEGER NOT NULL,
    "msisdn" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "verified_at" TIMESTAMPTZ(3),

    CONSTRAINT "phone_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "phones" (
    "msisdn" TEXT NOT NULL,
    "locale" TEXT,
    "locale_chosen_at" TIMESTAMPTZ(3),
    "sms_on" BOOLEAN,
    "sms_chosen_at" TIMESTAMPTZ(3),

    CONSTRAINT "phones_pkey" PRIMARY KEY ("msisdn")
);

-- CreateTable
CREATE TABLE "wrong_tries" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "phone_key" TEXT NOT NULL,
    "card_key" TEXT,
    "tried_at" TIMESTAMPTZ(3) NOT NULL,
    "phone_locked_until" TIMESTAMPTZ(3),
    "card_locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "wrong_tries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "register_corrections" (
    "id" SERIAL NOT NULL,
    "event_id" TEXT NOT NULL,
    "household_id" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "register_value" TEXT,
    "chosen_value" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "register_corrections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "phone_changes" (
    "id" SERIAL NOT NULL,
    "event_id" TEXT NOT NULL,
    "household_id" INTEGER NOT NULL,
    "old_msisdn" TEXT,
    "new_msisdn" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,

    CONSTRAINT "phone_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "benefit_rules" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "financing" TEXT NOT NULL,
    "name_fr" TEXT NOT NULL,
    "monthly_amount_xof" INTEGER,
    "lump_sum_xof" INTEGER,
    "months_per_instalment" INTEGER,
    "duration_months" INTEGER,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "benefit_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enrolments" (
    "id" SERIAL NOT NULL,
    "household_id" INTEGER NOT NULL,
    "benefit_rule_id" INTEGER NOT NULL,
    "cohort_start" DATE NOT NULL,
    "cohort_end" DATE,
    "status" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "enrolments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "waves" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "benefit_rule_id" INTEGER NOT NULL,
    "provider_code" TEXT NOT NULL,
    "provider_name" TEXT NOT NULL,
    "modality" TEXT NOT NULL,
    "fee_paid_by" TEXT,
    "window_start" DATE NOT NULL,
    "window_end" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "new_window_start" DATE,
    "new_window_end" DATE,
    "zone_profile" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "waves_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payments" (
    "id" SERIAL NOT NULL,
    "wave_id" INTEGER NOT NULL,
    "household_id" INTEGER NOT NULL,
    "benefit_rule_id" INTEGER NOT NULL,
    "instalment_number" INTEGER,
    "instalments_total" INTEGER,
    "months_covered" INTEGER,
    "amount_xof" INTEGER NOT NULL,
    "pay_point" TEXT,
    "payee_reference" TEXT,
    "status" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_results" (
    "id" SERIAL NOT NULL,
    "payment_id" INTEGER NOT NULL,
    "result" TEXT NOT NULL,
    "amount_xof" INTEGER,
    "paid_on" DATE,
    "agent_code" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_results_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receipts" (
    "id" SERIAL NOT NULL,
    "event_id" TEXT NOT NULL,
    "payment_id" INTEGER NOT NULL,
    "answer" TEXT NOT NULL,
    "declared_amount_xof" INTEGER,
    "asked_for_money" BOOLEAN NOT NULL DEFAULT false,
    "proof_level" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "receipts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "support_sessions" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "commune_code" TEXT NOT NULL,
    "village_code" TEXT,
    "village" TEXT NOT NULL,
    "village_key" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "start_time" TEXT,
    "place" TEXT NOT NULL,
    "theme" TEXT,
    "ngo" TEXT,
    "status" TEXT NOT NULL,
    "new_date" DATE,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "support_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "distributions" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "commune_code" TEXT NOT NULL,
    "village_code" TEXT,
    "village" TEXT NOT NULL,
    "village_key" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "start_time" TEXT,
    "place" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "new_date" DATE,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "distributions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "nutrition_eligibility" (
    "id" SERIAL NOT NULL,
    "household_id" INTEGER NOT NULL,
    "person_number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "birth_month" DATE,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "status" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "nutrition_eligibility_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "works_periods" (
    "id" SERIAL NOT NULL,
    "site_code" TEXT NOT NULL,
    "site_name" TEXT NOT NULL,
    "household_id" INTEGER NOT NULL,
    "period_start" DATE NOT NULL,
    "period_end" DATE NOT NULL,
    "days_recorded" INTEGER,
    "daily_wage_xof" INTEGER,
    "window_start" DATE,
    "window_end" DATE,
    "status" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "works_periods_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grants" (
    "id" SERIAL NOT NULL,
    "household_id" INTEGER NOT NULL,
    "benefit_rule_id" INTEGER NOT NULL,
    "group_code" TEXT,
    "group_name" TEXT,
    "status" TEXT NOT NULL,
    "amount_xof" INTEGER,
    "meeting_date" DATE,
    "meeting_place" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "grants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ration_receipts" (
    "id" SERIAL NOT NULL,
    "event_id" TEXT NOT NULL,
    "distribution_id" INTEGER NOT NULL,
    "household_id" INTEGER NOT NULL,
    "answer" TEXT NOT NULL,
    "proof_level" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ration_receipts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaints" (
    "id" SERIAL NOT NULL,
    "event_id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "anonymous" BOOLEAN NOT NULL DEFAULT false,
    "retaliation" BOOLEAN NOT NULL DEFAULT false,
    "respond_by" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "household_id" INTEGER,
    "contact_msisdn" TEXT,
    "commune_code" TEXT,
    "payment_id" INTEGER,
    "distribution_id" INTEGER,
    "proof_level" TEXT NOT NULL,
    "proposed_answer" TEXT,
    "satisfaction" TEXT,
    "external_ref" TEXT,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "due_on" DATE,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "complaints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_events" (
    "id" SERIAL NOT NULL,
    "complaint_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "from_status" TEXT,
    "to_status" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "note" TEXT,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "complaint_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "callbacks" (
    "id" SERIAL NOT NULL,
    "event_id" TEXT NOT NULL,
    "msisdn" TEXT NOT NULL,
    "slot" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "spoken_code" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "call_on" DATE NOT NULL,
    "outcome" TEXT,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "callbacks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "effects_once" (
    "key" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "effects_once_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "call_ends" (
    "session_key" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "duration_ms" INTEGER,
    "hops" INTEGER,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_ends_pkey" PRIMARY KEY ("session_key")
);

-- CreateTable
CREATE TABLE "import_runs" (
    "id" SERIAL NOT NULL,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "rows_read" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "updated" INTEGER NOT NULL,
    "unchanged" INTEGER NOT NULL,
    "stale" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "territory_units_parent_code_idx" ON "territory_units"("parent_code");

-- CreateIndex
CREATE UNIQUE INDEX "territory_units_code_valid_from_key" ON "territory_units"("code", "valid_from");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entries_hash_key" ON "audit_entries"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "households_household_number_key" ON "households"("household_number");

-- CreateIndex
CREATE INDEX "households_card_number_idx" ON "households"("card_number");

-- CreateIndex
CREATE INDEX "households_commune_code_village_key_idx" ON "households"("commune_code", "village_key");

-- CreateIndex
CREATE INDEX "households_village_code_idx" ON "households"("village_code");

-- CreateIndex
CREATE INDEX "phone_links_msisdn_idx" ON "phone_links"("msisdn");

-- CreateIndex
CREATE INDEX "phone_links_household_id_idx" ON "phone_links"("household_id");

-- CreateIndex
CREATE INDEX "wrong_tries_phone_key_tried_at_idx" ON "wrong_tries"("phone_key", "tried_at");

-- CreateIndex
CREATE INDEX "wrong_tries_card_key_tried_at_idx" ON "wrong_tries"("card_key", "tried_at");

-- CreateIndex
CREATE UNIQUE INDEX "register_corrections_event_id_key" ON "register_corrections"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "register_corrections_household_id_field_register_value_chos_key" ON "register_corrections"("household_id", "field", "register_value", "chosen_value");

-- CreateIndex
CREATE UNIQUE INDEX "phone_changes_event_id_key" ON "phone_changes"("event_id");

-- CreateIndex
CREATE INDEX "phone_changes_household_id_idx" ON "phone_changes"("household_id");

-- CreateIndex
CREATE UNIQUE INDEX "benefit_rules_code_key" ON "benefit_rules"("code");

-- CreateIndex
CREATE UNIQUE INDEX "enrolments_household_id_benefit_rule_id_cohort_start_key" ON "enrolments"("household_id", "benefit_rule_id", "cohort_start");

-- CreateIndex
CREATE UNIQUE INDEX "waves_code_key" ON "waves"("code");

-- CreateIndex
CREATE INDEX "payments_wave_id_idx" ON "payments"("wave_id");

-- CreateIndex
CREATE UNIQUE INDEX "payments_household_id_wave_id_benefit_rule_id_key" ON "payments"("household_id", "wave_id", "benefit_rule_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_results_payment_id_updated_at_key" ON "payment_results"("payment_id", "updated_at");

-- CreateIndex
CREATE UNIQUE INDEX "receipts_event_id_key" ON "receipts"("event_id");

-- CreateIndex
CREATE INDEX "receipts_payment_id_answered_at_idx" ON "receipts"("payment_id", "answered_at");

-- CreateIndex
CREATE INDEX "receipts_answered_at_idx" ON "receipts"("answered_at");

-- CreateIndex
CREATE UNIQUE INDEX "support_sessions_code_key" ON "support_sessions"("code");

-- CreateIndex
CREATE INDEX "support_sessions_commune_code_village_key_idx" ON "support_sessions"("commune_code", "village_key");

-- CreateIndex
CREATE INDEX "support_sessions_village_code_idx" ON "support_sessions"("village_code");

-- CreateIndex
CREATE UNIQUE INDEX "distributions_code_key" ON "distributions"("code");

-- CreateIndex
CREATE INDEX "distributions_commune_code_village_key_idx" ON "distributions"("commune_code", "village_key");

-- CreateIndex
CREATE INDEX "distributions_village_code_idx" ON "distributions"("village_code");

-- CreateIndex
CREATE UNIQUE INDEX "nutrition_eligibility_household_id_person_number_kind_key" ON "nutrition_eligibility"("household_id", "person_number", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "works_periods_household_id_site_code_period_start_key" ON "works_periods"("household_id", "site_code", "period_start");

-- CreateIndex
CREATE UNIQUE INDEX "grants_household_id_benefit_rule_id_key" ON "grants"("household_id", "benefit_rule_id");

-- CreateIndex
CREATE UNIQUE INDEX "ration_receipts_event_id_key" ON "ration_receipts"("event_id");

-- CreateIndex
CREATE INDEX "ration_receipts_distribution_id_household_id_idx" ON "ration_receipts"("distribution_id", "household_id");

-- CreateIndex
CREATE INDEX "ration_receipts_answered_at_idx" ON "ration_receipts"("answered_at");

-- CreateIndex
CREATE UNIQUE INDEX "complaints_event_id_key" ON "complaints"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "complaints_reference_key" ON "complaints"("reference");

-- CreateIndex
CREATE INDEX "complaints_household_id_idx" ON "complaints"("household_id");

-- CreateIndex
CREATE INDEX "complaints_filed_at_idx" ON "complaints"("filed_at");

-- CreateIndex
CREATE INDEX "complaint_events_complaint_id_idx" ON "complaint_events"("complaint_id");

-- CreateIndex
CREATE UNIQUE INDEX "callbacks_event_id_key" ON "callbacks"("event_id");

-- CreateIndex
CREATE INDEX "callbacks_call_on_idx" ON "callbacks"("call_on");

-- CreateIndex
CREATE INDEX "effects_once_happened_at_idx" ON "effects_once"("happened_at");

-- CreateIndex
CREATE INDEX "call_ends_ended_at_idx" ON "call_ends"("ended_at");

-- AddForeignKey
ALTER TABLE "phone_links" ADD CONSTRAINT "phone_links_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "households"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "register_corrections" ADD CONSTRAINT "register_corrections_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "households"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone_changes" ADD CONSTRAINT "phone_changes_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "households"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "households"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_benefit_rule_id_fkey" FOREIGN KEY ("benefit_rule_id") REFERENCES "benefit_rules"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waves" ADD CONSTRAINT "waves_benefit_rule_id_fkey" FOREIGN KEY ("benefit_rule_id") REFERENCES "benefit_rules"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_wave_id_fkey" FOREIGN KEY ("wave_id") REFERENCES "waves"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "households"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_benefit_rule_id_fkey" FOREIGN KEY ("benefit_rule_id") REFERENCES "benefit_rules"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_results" ADD CONSTRAINT "payment_results_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nutrition_eligibility" ADD CONSTRAINT "nutrition_eligibility_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "households"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "works_periods" ADD CONSTRAINT "works_periods_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "households"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "households"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_benefit_rule_id_fkey" FOREIGN KEY ("benefit_rule_id") REFERENCES "benefit_rules"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ration_receipts" ADD CONSTRAINT "ration_receipts_distribution_id_fkey" FOREIGN KEY ("distribution_id") REFERENCES "distributions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ration_receipts" ADD CONSTRAINT "ration_receipts_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "households"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "households"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_events" ADD CONSTRAINT "complaint_events_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaints"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------
-- By hand from here on: what Prisma's schema language cannot say.

-- Closed lists. A language is two or three letters, so that adding one needs no migration.

ALTER TABLE "territory_units"
  ADD CONSTRAINT "territory_units_level_check" CHECK ("level" IN ('region', 'cercle', 'commune')),
  ADD CONSTRAINT "territory_units_validity_check" CHECK ("valid_to" >= "valid_from");

ALTER TABLE "households"
  ADD CONSTRAINT "households_status_check" CHECK ("status" IN ('active', 'suspended', 'moved', 'closed', 'registered')),
  ADD CONSTRAINT "households_recipient_sex_check" CHECK ("recipient_sex" IN ('F', 'M')),
  ADD CONSTRAINT "households_locale_check" CHECK ("locale" ~ '^[a-z]{2,3}$'),
  ADD CONSTRAINT "households_register_phone_kind_check" CHECK ("register_phone_kind" IN ('own', 'family', 'neighbour', 'relay', 'none')),
  ADD CONSTRAINT "households_card_number_check" CHECK ("card_number" ~ '^[0-9]{8}$'),
  ADD CONSTRAINT "households_card_check_check" CHECK ("card_check" ~ '^[0-9]{2}$');

ALTER TABLE "phone_links"
  ADD CONSTRAINT "phone_links_kind_check" CHECK ("kind" IN ('own', 'family', 'neighbour', 'relay')),
  ADD CONSTRAINT "phone_links_origin_check" CHECK ("origin" IN ('register', 'channel', 'staff')),
  ADD CONSTRAINT "phone_links_msisdn_check" CHECK ("msisdn" ~ '^\+[1-9][0-9]{6,14}$'),
  ADD CONSTRAINT "phone_links_period_check" CHECK ("ended_at" >= "started_at");

-- One household has a number at most once at a time.
CREATE UNIQUE INDEX "phone_links_household_id_msisdn_open_key"
  ON "phone_links" ("household_id", "msisdn") WHERE "ended_at" IS NULL;

ALTER TABLE "phones"
  ADD CONSTRAINT "phones_msisdn_check" CHECK ("msisdn" ~ '^\+[1-9][0-9]{6,14}$'),
  ADD CONSTRAINT "phones_locale_check" CHECK ("locale" ~ '^[a-z]{2,3}$');

ALTER TABLE "wrong_tries"
  ADD CONSTRAINT "wrong_tries_kind_check" CHECK ("kind" IN ('card', 'reference'));

ALTER TABLE "register_corrections"
  ADD CONSTRAINT "register_corrections_field_check" CHECK ("field" IN ('phone', 'locale', 'sms_consent'));

ALTER TABLE "phone_changes"
  ADD CONSTRAINT "phone_changes_status_check" CHECK ("status" IN ('requested', 'approved', 'refused')),
  ADD CONSTRAINT "phone_changes_decision_check" CHECK (("status" = 'requested') = ("decided_at" IS NULL)),
  ADD CONSTRAINT "phone_changes_new_msisdn_check" CHECK ("new_msisdn" ~ '^\+[1-9][0-9]{6,14}$');

ALTER TABLE "benefit_rules"
  ADD CONSTRAINT "benefit_rules_amount_check" CHECK (num_nonnulls("monthly_amount_xof", "lump_sum_xof") = 1),
  ADD CONSTRAINT "benefit_rules_monthly_amount_xof_check" CHECK ("monthly_amount_xof" >= 0),
  ADD CONSTRAINT "benefit_rules_lump_sum_xof_check" CHECK ("lump_sum_xof" >= 0),
  ADD CONSTRAINT "benefit_rules_months_per_instalment_check" CHECK ("months_per_instalment" > 0),
  ADD CONSTRAINT "benefit_rules_duration_months_check" CHECK ("duration_months" > 0),
  ADD CONSTRAINT "benefit_rules_validity_check" CHECK ("valid_to" >= "valid_from");

ALTER TABLE "enrolments"
  ADD CONSTRAINT "enrolments_status_check" CHECK ("status" IN ('active', 'removed')),
  ADD CONSTRAINT "enrolments_cohort_check" CHECK ("cohort_end" >= "cohort_start");

ALTER TABLE "waves"
  ADD CONSTRAINT "waves_modality_check" CHECK ("modality" IN ('cash', 'wallet', 'bank')),
  ADD CONSTRAINT "waves_fee_paid_by_check" CHECK ("fee_paid_by" IN ('programme', 'household')),
  ADD CONSTRAINT "waves_status_check" CHECK ("status" IN ('planned', 'accepted', 'announced', 'open', 'closed', 'postponed', 'cancelled')),
  ADD CONSTRAINT "waves_zone_profile_check" CHECK ("zone_profile" IN ('normal', 'insecure')),
  ADD CONSTRAINT "waves_window_check" CHECK ("window_end" >= "window_start"),
  ADD CONSTRAINT "waves_new_window_check" CHECK ("new_window_end" >= "new_window_start");

ALTER TABLE "payments"
  ADD CONSTRAINT "payments_status_check" CHECK ("status" IN ('planned', 'removed')),
  ADD CONSTRAINT "payments_amount_xof_check" CHECK ("amount_xof" >= 0),
  ADD CONSTRAINT "payments_instalment_number_check" CHECK ("instalment_number" > 0),
  ADD CONSTRAINT "payments_instalments_total_check" CHECK ("instalments_total" > 0),
  ADD CONSTRAINT "payments_months_covered_check" CHECK ("months_covered" > 0);

ALTER TABLE "payment_results"
  ADD CONSTRAINT "payment_results_result_check" CHECK ("result" IN ('paid', 'partial', 'absent', 'rejected', 'returned')),
  ADD CONSTRAINT "payment_results_amount_xof_check" CHECK ("amount_xof" >= 0);

ALTER TABLE "receipts"
  ADD CONSTRAINT "receipts_answer_check" CHECK ("answer" IN ('RECEIVED', 'NOT_RECEIVED', 'RECEIVED_WITH_ISSUES')),
  ADD CONSTRAINT "receipts_declared_amount_xof_check" CHECK ("declared_amount_xof" >= 0),
  ADD CONSTRAINT "receipts_proof_level_check" CHECK ("proof_level" IN ('L1', 'L1b')),
  ADD CONSTRAINT "receipts_channel_check" CHECK ("channel" IN ('ussd', 'agent'));

ALTER TABLE "support_sessions"
  ADD CONSTRAINT "support_sessions_status_check" CHECK ("status" IN ('planned', 'postponed', 'cancelled')),
  ADD CONSTRAINT "support_sessions_start_time_check" CHECK ("start_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');

ALTER TABLE "distributions"
  ADD CONSTRAINT "distributions_status_check" CHECK ("status" IN ('planned', 'postponed', 'cancelled')),
  ADD CONSTRAINT "distributions_start_time_check" CHECK ("start_time" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');

ALTER TABLE "nutrition_eligibility"
  ADD CONSTRAINT "nutrition_eligibility_kind_check" CHECK ("kind" IN ('CHILD', 'PREGNANT', 'LACTATING')),
  ADD CONSTRAINT "nutrition_eligibility_status_check" CHECK ("status" IN ('active', 'removed')),
  ADD CONSTRAINT "nutrition_eligibility_validity_check" CHECK ("valid_to" >= "valid_from");

ALTER TABLE "works_periods"
  ADD CONSTRAINT "works_periods_status_check" CHECK ("status" IN ('active', 'removed')),
  ADD CONSTRAINT "works_periods_days_recorded_check" CHECK ("days_recorded" >= 0),
  ADD CONSTRAINT "works_periods_daily_wage_xof_check" CHECK ("daily_wage_xof" >= 0),
  ADD CONSTRAINT "works_periods_period_check" CHECK ("period_end" >= "period_start"),
  ADD CONSTRAINT "works_periods_window_check" CHECK ("window_end" >= "window_start");

ALTER TABLE "grants"
  ADD CONSTRAINT "grants_status_check" CHECK ("status" IN ('selected', 'trained', 'paid', 'removed')),
  ADD CONSTRAINT "grants_amount_xof_check" CHECK ("amount_xof" >= 0);

ALTER TABLE "ration_receipts"
  ADD CONSTRAINT "ration_receipts_answer_check" CHECK ("answer" IN ('RECEIVED', 'NOT_RECEIVED', 'RECEIVED_WITH_ISSUES')),
  ADD CONSTRAINT "ration_receipts_proof_level_check" CHECK ("proof_level" IN ('L1', 'L1b'));

-- C9 is not a complaint: sealed cases live behind their own keys.
ALTER TABLE "complaints"
  ADD CONSTRAINT "complaints_category_check" CHECK ("category" IN ('C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C10')),
  ADD CONSTRAINT "complaints_reference_check" CHECK ("reference" ~ '^[0-9]{8}$'),
  ADD CONSTRAINT "complaints_status_check" CHECK ("status" IN (
    'RECEIVED', 'ACKNOWLEDGED', 'TRIAGED', 'ASSIGNED', 'IN_PROGRESS', 'WAITING_COMPLAINANT', 'ANSWER_PROPOSED',
    'CLOSED_ACCEPTED', 'CLOSED_NO_CONTACT', 'APPEALED', 'REFERRED', 'OUT_OF_SCOPE', 'DUPLICATE', 'WITHDRAWN')),
  ADD CONSTRAINT "complaints_level_check" CHECK ("level" IN ('N1', 'N2', 'N3', 'N4', 'N5')),
  ADD CONSTRAINT "complaints_origin_check" CHECK ("origin" IN ('ussd', 'receipt', 'console')),
  ADD CONSTRAINT "complaints_respond_by_check" CHECK ("respond_by" IN ('sms', 'call', 'dial', 'none')),
  ADD CONSTRAINT "complaints_locale_check" CHECK ("locale" ~ '^[a-z]{2,3}$'),
  ADD CONSTRAINT "complaints_proof_level_check" CHECK ("proof_level" IN ('L0', 'L1b', 'L1')),
  ADD CONSTRAINT "complaints_satisfaction_check" CHECK ("satisfaction" IN ('yes', 'partly', 'no')),
  ADD CONSTRAINT "complaints_anonymous_check" CHECK (NOT "anonymous" OR num_nonnulls("household_id", "contact_msisdn") = 0);

ALTER TABLE "complaint_events"
  ADD CONSTRAINT "complaint_events_kind_check" CHECK ("kind" IN ('filed', 'moved', 'answered', 'accepted', 'refused', 'appealed', 'rated')),
  ADD CONSTRAINT "complaint_events_from_status_check" CHECK ("from_status" IN (
    'RECEIVED', 'ACKNOWLEDGED', 'TRIAGED', 'ASSIGNED', 'IN_PROGRESS', 'WAITING_COMPLAINANT', 'ANSWER_PROPOSED',
    'CLOSED_ACCEPTED', 'CLOSED_NO_CONTACT', 'APPEALED', 'REFERRED', 'OUT_OF_SCOPE', 'DUPLICATE', 'WITHDRAWN')),
  ADD CONSTRAINT "complaint_events_to_status_check" CHECK ("to_status" IN (
    'RECEIVED', 'ACKNOWLEDGED', 'TRIAGED', 'ASSIGNED', 'IN_PROGRESS', 'WAITING_COMPLAINANT', 'ANSWER_PROPOSED',
    'CLOSED_ACCEPTED', 'CLOSED_NO_CONTACT', 'APPEALED', 'REFERRED', 'OUT_OF_SCOPE', 'DUPLICATE', 'WITHDRAWN')),
  ADD CONSTRAINT "complaint_events_actor_check" CHECK ("actor" IN ('complainant', 'system') OR "actor" LIKE 'officer:_%');

ALTER TABLE "callbacks"
  ADD CONSTRAINT "callbacks_slot_check" CHECK ("slot" IN ('morning', 'midday', 'evening')),
  ADD CONSTRAINT "callbacks_outcome_check" CHECK ("outcome" IN ('done', 'noAnswer')),
  ADD CONSTRAINT "callbacks_locale_check" CHECK ("locale" ~ '^[a-z]{2,3}$'),
  ADD CONSTRAINT "callbacks_spoken_code_check" CHECK ("spoken_code" ~ '^[0-9]{2}$'),
  ADD CONSTRAINT "callbacks_msisdn_check" CHECK ("msisdn" ~ '^\+[1-9][0-9]{6,14}$');

ALTER TABLE "call_ends"
  ADD CONSTRAINT "call_ends_duration_ms_check" CHECK ("duration_ms" >= 0),
  ADD CONSTRAINT "call_ends_hops_check" CHECK ("hops" >= 0);

ALTER TABLE "import_runs"
  ADD CONSTRAINT "import_runs_counts_check" CHECK (least("rows_read", "created", "updated", "unchanged", "stale", "rejected") >= 0);

-- Facts are appended, never changed. Only the retention job, which says so for its
-- own transaction (SET LOCAL jigi.retention = 'on'), may delete what has served its time.

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' AND current_setting('jigi.retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$$;

DO $$
DECLARE
  "fact" text;
BEGIN
  FOREACH "fact" IN ARRAY ARRAY['payment_results', 'receipts', 'ration_receipts', 'complaint_events', 'audit_entries'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      "fact" || '_append_only', "fact");
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      "fact" || '_no_truncate', "fact");
  END LOOP;
END
$$;
