-- Up to which day nameless complaints have been stirred, in one row: each day once, and none left out.
CREATE TABLE "nameless_stirrings" (
    "id" INTEGER NOT NULL,
    "through" DATE NOT NULL,

    CONSTRAINT "nameless_stirrings_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "nameless_stirrings" ADD CONSTRAINT "nameless_stirrings_id_check" CHECK ("id" = 1);
