-- CreateTable
CREATE TABLE "staff_accounts" (
    "id" SERIAL NOT NULL,
    "login" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "territory_level" TEXT,
    "territory_code" TEXT,
    "provider_code" TEXT,
    "locale" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "password_hash" TEXT,
    "totp_secret" TEXT,
    "totp_since" TIMESTAMPTZ(3),
    "totp_step" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_recovery_codes" (
    "id" SERIAL NOT NULL,
    "account_id" INTEGER NOT NULL,
    "code_hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_recovery_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_sessions" (
    "id" SERIAL NOT NULL,
    "account_id" INTEGER NOT NULL,
    "token_hash" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "address_class" TEXT NOT NULL,
    "address_key" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_links" (
    "id" SERIAL NOT NULL,
    "account_id" INTEGER NOT NULL,
    "token_hash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_sign_in_tries" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "login_key" TEXT NOT NULL,
    "address_key" TEXT NOT NULL,
    "tried_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_sign_in_tries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "household_views" (
    "id" SERIAL NOT NULL,
    "account_id" INTEGER NOT NULL,
    "household_id" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "viewed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "household_views_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "staff_accounts_login_key" ON "staff_accounts"("login");

-- CreateIndex
CREATE INDEX "staff_accounts_full_name_idx" ON "staff_accounts"("full_name");

-- CreateIndex
CREATE UNIQUE INDEX "staff_recovery_codes_account_id_code_hash_key" ON "staff_recovery_codes"("account_id", "code_hash");

-- CreateIndex
CREATE UNIQUE INDEX "staff_sessions_token_hash_key" ON "staff_sessions"("token_hash");

-- CreateIndex
CREATE INDEX "staff_sessions_account_id_idx" ON "staff_sessions"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_links_token_hash_key" ON "staff_links"("token_hash");

-- CreateIndex
CREATE INDEX "staff_links_account_id_idx" ON "staff_links"("account_id");

-- CreateIndex
CREATE INDEX "staff_sign_in_tries_login_key_tried_at_idx" ON "staff_sign_in_tries"("login_key", "tried_at");

-- CreateIndex
CREATE INDEX "staff_sign_in_tries_address_key_tried_at_idx" ON "staff_sign_in_tries"("address_key", "tried_at");

-- CreateIndex
CREATE INDEX "household_views_account_id_idx" ON "household_views"("account_id");

-- CreateIndex
CREATE INDEX "household_views_household_id_idx" ON "household_views"("household_id");

-- AddForeignKey
ALTER TABLE "staff_recovery_codes" ADD CONSTRAINT "staff_recovery_codes_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "staff_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "staff_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_links" ADD CONSTRAINT "staff_links_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "staff_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "household_views" ADD CONSTRAINT "household_views_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "staff_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "staff_accounts"
  ADD CONSTRAINT "staff_accounts_role_check" CHECK ("role" IN ('stm', 'rrsu', 'rrpsa', 'safeguards', 'focalPoint', 'internalAudit', 'figures', 'communication', 'regionOfficer', 'cercleOfficer', 'communeOfficer', 'ngo', 'paymentAgency', 'administrator')),
  ADD CONSTRAINT "staff_accounts_territory_level_check" CHECK ("territory_level" IN ('region', 'cercle', 'commune')),
  ADD CONSTRAINT "staff_accounts_territory_check" CHECK (("territory_level" IS NULL) = ("territory_code" IS NULL)),
  ADD CONSTRAINT "staff_accounts_provider_check" CHECK (("provider_code" IS NOT NULL) = ("role" = 'paymentAgency')),
  ADD CONSTRAINT "staff_accounts_login_check" CHECK ("login" = lower("login") AND length("login") BETWEEN 2 AND 40),
  ADD CONSTRAINT "staff_accounts_state_check" CHECK ("state" IN ('invited', 'active', 'disabled')),
  ADD CONSTRAINT "staff_accounts_disabled_check" CHECK (("state" = 'disabled') = ("disabled_at" IS NOT NULL)),
  ADD CONSTRAINT "staff_accounts_active_check" CHECK ("state" <> 'active' OR "password_hash" IS NOT NULL),
  ADD CONSTRAINT "staff_accounts_totp_check" CHECK ("totp_since" IS NULL OR "totp_secret" IS NOT NULL);

ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_stage_check" CHECK ("stage" IN ('password', 'full'));
ALTER TABLE "staff_links" ADD CONSTRAINT "staff_links_kind_check" CHECK ("kind" IN ('invitation', 'reset'));
ALTER TABLE "staff_sign_in_tries" ADD CONSTRAINT "staff_sign_in_tries_kind_check" CHECK ("kind" IN ('password', 'code'));
ALTER TABLE "household_views"
  ADD CONSTRAINT "household_views_reason_check" CHECK ("reason" IN ('complaint', 'callback', 'payment', 'phoneChange', 'correction', 'control')),
  ADD CONSTRAINT "household_views_because_check" CHECK (length("because") BETWEEN 1 AND 300);

CREATE TRIGGER "household_views_append_only" BEFORE UPDATE OR DELETE ON "household_views"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "household_views_no_truncate" BEFORE TRUNCATE ON "household_views"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
