-- AlterTable
ALTER TABLE "callbacks" ADD COLUMN "prefers_woman" BOOLEAN;

-- CreateTable
CREATE TABLE "sealed_keys" (
    "id" INTEGER NOT NULL,
    "public_key" BYTEA NOT NULL,
    "made_on" DATE NOT NULL,

    CONSTRAINT "sealed_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sealed_readers" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "salt" BYTEA NOT NULL,
    "ops_limit" INTEGER NOT NULL,
    "memory_kib" INTEGER NOT NULL,
    "added_by" TEXT NOT NULL,
    "added_on" DATE NOT NULL,
    "seen_on" DATE,

    CONSTRAINT "sealed_readers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sealed_slots" (
    "id" UUID NOT NULL,
    "body" BYTEA NOT NULL,
    "mark" BYTEA NOT NULL,

    CONSTRAINT "sealed_slots_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sealed_readers_name_key" ON "sealed_readers"("name");

-- A second key would leave the cases of the first unread by half of the readers.
ALTER TABLE "sealed_keys" ADD CONSTRAINT "sealed_keys_single_check" CHECK ("id" = 1);

-- A case that is longer or shorter than the filling would be seen.
ALTER TABLE "sealed_slots"
  ADD CONSTRAINT "sealed_slots_size_check" CHECK (octet_length("body") = 304 AND octet_length("mark") = 32);

-- Random bytes are kept as they are, in the row itself.
ALTER TABLE "sealed_slots" ALTER COLUMN "body" SET STORAGE PLAIN, ALTER COLUMN "mark" SET STORAGE PLAIN;
