-- What two persons close is merged or re-classified by two as well.
ALTER TABLE "complaints" ADD COLUMN     "pending_into" INTEGER,
ADD COLUMN     "pending_category" TEXT;

-- The column holds nothing but what the narrower list allowed: there is nothing to read through again.
ALTER TABLE "complaints"
  DROP CONSTRAINT "complaints_pending_kind_check",
  ADD CONSTRAINT "complaints_pending_kind_check"
    CHECK ("pending_kind" IN ('answer', 'closing', 'merging', 'category')) NOT VALID,
  ADD CONSTRAINT "complaints_pending_into_check"
    CHECK (("pending_into" IS NOT NULL) = (coalesce("pending_kind", '') = 'merging')) NOT VALID,
  ADD CONSTRAINT "complaints_pending_category_check"
    CHECK (("pending_category" IS NOT NULL) = (coalesce("pending_kind", '') = 'category')) NOT VALID;
