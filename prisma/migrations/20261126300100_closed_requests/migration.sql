-- What is closed, the last first, a page at a time: as the inbox asks for it.
CREATE INDEX "complaints_closed_on_idx" ON "complaints"((("closed_at" AT TIME ZONE 'UTC')::date), "reference") WHERE "closed_at" IS NOT NULL;
