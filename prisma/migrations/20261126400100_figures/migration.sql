-- CreateTable
CREATE TABLE "complaint_figures" (
    "month" DATE NOT NULL,
    "region_code" TEXT NOT NULL,
    "cercle_code" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "sex" TEXT NOT NULL,
    "beneficiary" BOOLEAN NOT NULL,
    "received" INTEGER NOT NULL,
    "acknowledged" INTEGER NOT NULL,
    "answered" INTEGER NOT NULL,
    "due" INTEGER NOT NULL,
    "kept" INTEGER NOT NULL,
    "late" INTEGER NOT NULL,
    "closed" INTEGER NOT NULL,
    "appealed" INTEGER NOT NULL,
    "upheld" INTEGER NOT NULL,
    "rated" INTEGER NOT NULL,
    "satisfied" INTEGER NOT NULL,
    "restored" INTEGER NOT NULL,
    "restored_xof" BIGINT NOT NULL,
    "days" INTEGER[],

    CONSTRAINT "complaint_figures_pkey" PRIMARY KEY ("month","region_code","cercle_code","category","level","channel","sex","beneficiary")
);

-- CreateTable
CREATE TABLE "household_figures" (
    "region_code" TEXT NOT NULL,
    "cercle_code" TEXT NOT NULL,
    "sex" TEXT NOT NULL,
    "households" INTEGER NOT NULL,

    CONSTRAINT "household_figures_pkey" PRIMARY KEY ("region_code","cercle_code","sex")
);

-- CreateTable
CREATE TABLE "payment_figures" (
    "month" DATE NOT NULL,
    "region_code" TEXT NOT NULL,
    "cercle_code" TEXT NOT NULL,
    "commune_code" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "planned" INTEGER NOT NULL,
    "paid" INTEGER NOT NULL,
    "on_time" INTEGER NOT NULL,
    "confirmed" INTEGER NOT NULL,
    "mismatched" INTEGER NOT NULL,
    "asked" INTEGER NOT NULL,

    CONSTRAINT "payment_figures_pkey" PRIMARY KEY ("month","region_code","cercle_code","commune_code","provider")
);

-- CreateTable
CREATE TABLE "menu_figures" (
    "day" DATE NOT NULL,
    "screen" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "shown" INTEGER NOT NULL,
    "answered" INTEGER NOT NULL,
    "ended" INTEGER NOT NULL,

    CONSTRAINT "menu_figures_pkey" PRIMARY KEY ("day","screen","locale")
);

-- CreateTable
CREATE TABLE "figure_states" (
    "kind" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "figure_states_pkey" PRIMARY KEY ("kind")
);
