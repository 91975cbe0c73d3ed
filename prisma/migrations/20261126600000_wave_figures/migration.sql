-- CreateTable
CREATE TABLE "wave_figures" (
    "wave_id" INTEGER NOT NULL,
    "commune_code" TEXT NOT NULL,
    "planned" INTEGER NOT NULL,
    "planned_xof" BIGINT NOT NULL,
    "paid" INTEGER NOT NULL,
    "partial" INTEGER NOT NULL,
    "absent" INTEGER NOT NULL,
    "turned_down" INTEGER NOT NULL,
    "said_received" INTEGER NOT NULL,
    "said_not" INTEGER NOT NULL,
    "said_otherwise" INTEGER NOT NULL,
    "asked" INTEGER NOT NULL,
    "mismatched" INTEGER NOT NULL,

    CONSTRAINT "wave_figures_pkey" PRIMARY KEY ("wave_id","commune_code")
);

-- CreateTable
CREATE TABLE "card_look_ups" (
    "id" SERIAL NOT NULL,
    "account_id" INTEGER NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "card_look_ups_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "card_look_ups_account_id_looked_at_idx" ON "card_look_ups"("account_id", "looked_at");
