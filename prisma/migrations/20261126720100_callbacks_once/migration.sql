-- From one phone a number waits for one call: asked again, the call is moved. Calls of before have no asker.
ALTER TABLE "callbacks" ADD COLUMN     "asked_key" TEXT;

CREATE UNIQUE INDEX "callbacks_waiting_key" ON "callbacks"("asked_key", "msisdn") WHERE "closed_at" IS NULL;

CREATE INDEX "callbacks_asked_key_requested_at_idx" ON "callbacks"("asked_key", "requested_at");
