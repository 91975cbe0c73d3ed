-- AlterTable
ALTER TABLE "sealed_readers" ADD COLUMN "account_id" INTEGER;

-- CreateTable
CREATE TABLE "sealed_sittings" (
    "session_id" INTEGER NOT NULL,
    "reader_id" INTEGER NOT NULL,
    "box" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sealed_sittings_pkey" PRIMARY KEY ("session_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sealed_readers_account_id_key" ON "sealed_readers"("account_id");

-- AddForeignKey
ALTER TABLE "sealed_sittings" ADD CONSTRAINT "sealed_sittings_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "sealed_readers"("id") ON DELETE CASCADE ON UPDATE CASCADE;
