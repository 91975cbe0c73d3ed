-- AlterTable
ALTER TABLE "reminder_plans" ADD COLUMN     "from_day" DATE,
ADD COLUMN     "to_day" DATE;

-- CreateTable
CREATE TABLE "reminder_rounds" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "round" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "from_day" DATE,
    "to_day" DATE,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminder_rounds_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reminder_rounds_kind_subject_id_round_key" ON "reminder_rounds"("kind", "subject_id", "round");


ALTER TABLE "reminder_rounds"
  ADD CONSTRAINT "reminder_rounds_kind_check" CHECK ("kind" IN ('wave', 'session', 'distribution')),
  ADD CONSTRAINT "reminder_rounds_state_check" CHECK ("state" IN ('dated', 'postponed', 'cancelled')),
  ADD CONSTRAINT "reminder_rounds_days_check" CHECK (("state" = 'dated') = (num_nulls("from_day", "to_day") = 0));
