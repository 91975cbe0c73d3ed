-- CreateTable
CREATE TABLE "nameless_keys" (
    "week" DATE NOT NULL,
    "salt" TEXT NOT NULL,

    CONSTRAINT "nameless_keys_pkey" PRIMARY KEY ("week")
);

-- CreateTable
CREATE TABLE "nameless_limits" (
    "week" DATE NOT NULL,
    "bucket" INTEGER NOT NULL,
    "filed" INTEGER NOT NULL,

    CONSTRAINT "nameless_limits_pkey" PRIMARY KEY ("week","bucket")
);

-- AddForeignKey
ALTER TABLE "nameless_limits" ADD CONSTRAINT "nameless_limits_week_fkey" FOREIGN KEY ("week") REFERENCES "nameless_keys"("week") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "nameless_limits"
  ADD CONSTRAINT "nameless_limits_bucket_check" CHECK ("bucket" BETWEEN 0 AND 65535),
  ADD CONSTRAINT "nameless_limits_filed_check" CHECK ("filed" > 0);
