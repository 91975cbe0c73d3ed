-- A message changes twice within seconds, when it is claimed and when it is answered, and each change of a field that an
-- index knows is written to every index of a table that keeps two years. What is looked for by its state stands in
-- narrow tables beside it, which follow by triggers whoever writes; no index of messages knows a field that sending
-- changes, so that a change stays on its page, where there is room: half of each.
DROP INDEX "messages_queued_idx";
DROP INDEX "messages_campaign_queued_idx";
DROP INDEX "messages_held_idx";
DROP INDEX "messages_expiry_idx";
DROP INDEX "messages_sending_idx";
DROP INDEX "messages_provider_id_idx";
DROP INDEX "messages_unknown_idx";
ALTER TABLE "messages" SET (fillfactor = 50);

-- CreateTable
CREATE TABLE "open_messages" (
    "id" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "operator" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "open_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_claims" (
    "id" SERIAL NOT NULL,
    "sender" TEXT NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,
    "message_ids" INTEGER[],

    CONSTRAINT "message_claims_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_provider_ids" (
    "message_id" INTEGER NOT NULL,
    "provider_id" TEXT NOT NULL,

    CONSTRAINT "message_provider_ids_pkey" PRIMARY KEY ("provider_id","message_id")
);

-- Senders look for the oldest due row of a class on a network, so that one whose gateway stands still keeps nobody
-- else; a campaign that waits must not be in the way of another.
CREATE INDEX "open_messages_queued_idx" ON "open_messages" ("class", "operator", "due_at", "id") WHERE "state" = 'queued' AND "class" <> 'campaign';
CREATE INDEX "open_messages_campaign_queued_idx" ON "open_messages" ("subject_id", "operator", "due_at", "id") WHERE "state" = 'queued' AND "class" = 'campaign';
CREATE INDEX "open_messages_held_idx" ON "open_messages" ("due_at") WHERE "state" = 'held';
CREATE INDEX "open_messages_expiry_idx" ON "open_messages" ("expires_at") WHERE "state" IN ('held', 'queued');
CREATE INDEX "open_messages_unknown_idx" ON "open_messages" ("id") WHERE "state" = 'unknown';

-- A queue changes all its rows within minutes: the dead ones must not wait for a fifth of the table.
ALTER TABLE "open_messages" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

ALTER TABLE "open_messages"
  ADD CONSTRAINT "open_messages_state_check" CHECK ("state" IN ('held', 'queued', 'unknown'));

CREATE FUNCTION "follow_written_messages"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO open_messages (id, state, class, operator, purpose, subject_id, due_at, expires_at)
  SELECT id, state, class, operator_of(msisdn), purpose, subject_id, due_at, expires_at
  FROM after_it WHERE state IN ('held', 'queued', 'unknown');
  INSERT INTO message_claims (sender, claimed_at, message_ids)
  SELECT claimed_by, claimed_at, array_agg(id) FROM after_it WHERE state = 'sending' GROUP BY 1, 2;
  INSERT INTO message_provider_ids (message_id, provider_id)
  SELECT id, provider_id FROM after_it WHERE provider_id IS NOT NULL;
  RETURN NULL;
END $$;

-- The ids are gathered first, so that each row is found by its key, whatever the planner makes of their number.
CREATE FUNCTION "follow_moved_messages"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM before_it WHERE state IN ('held', 'queued', 'unknown')) THEN
    DELETE FROM open_messages
    WHERE id = ANY (ARRAY(SELECT id FROM after_it WHERE state NOT IN ('held', 'queued', 'unknown')));
  END IF;
  INSERT INTO open_messages AS open (id, state, class, operator, purpose, subject_id, due_at, expires_at)
  SELECT id, state, class, operator_of(msisdn), purpose, subject_id, due_at, expires_at
  FROM after_it WHERE state IN ('held', 'queued', 'unknown')
  ON CONFLICT (id) DO UPDATE SET state = excluded.state, class = excluded.class, operator = excluded.operator,
    purpose = excluded.purpose, subject_id = excluded.subject_id, due_at = excluded.due_at, expires_at = excluded.expires_at
  WHERE open IS DISTINCT FROM excluded;
  IF EXISTS (SELECT FROM after_it WHERE state = 'sending') THEN
    INSERT INTO message_claims (sender, claimed_at, message_ids)
    SELECT claimed_by, claimed_at, array_agg(id) FROM after_it
    WHERE state = 'sending' AND id NOT IN (SELECT id FROM before_it WHERE state = 'sending') GROUP BY 1, 2;
  END IF;
  -- A message has one, and keeps it.
  INSERT INTO message_provider_ids (message_id, provider_id)
  SELECT id, provider_id FROM after_it
  WHERE provider_id IS NOT NULL AND id NOT IN (SELECT id FROM before_it WHERE provider_id IS NOT NULL);
  RETURN NULL;
END $$;

CREATE FUNCTION "follow_forgotten_messages"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM open_messages WHERE id = ANY (ARRAY(SELECT id FROM before_it));
  DELETE FROM message_provider_ids
  WHERE provider_id = ANY (ARRAY(SELECT provider_id FROM before_it WHERE provider_id IS NOT NULL))
    AND message_id = ANY (ARRAY(SELECT id FROM before_it));
  RETURN NULL;
END $$;

CREATE TRIGGER "messages_written" AFTER INSERT ON "messages"
  REFERENCING NEW TABLE AS after_it
  FOR EACH STATEMENT EXECUTE FUNCTION follow_written_messages();
CREATE TRIGGER "messages_moved" AFTER UPDATE ON "messages"
  REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it
  FOR EACH STATEMENT EXECUTE FUNCTION follow_moved_messages();
CREATE TRIGGER "messages_forgotten" AFTER DELETE ON "messages"
  REFERENCING OLD TABLE AS before_it
  FOR EACH STATEMENT EXECUTE FUNCTION follow_forgotten_messages();

INSERT INTO "open_messages" (id, state, class, operator, purpose, subject_id, due_at, expires_at)
  SELECT id, state, class, operator_of(msisdn), purpose, subject_id, due_at, expires_at
  FROM messages WHERE state IN ('held', 'queued', 'unknown');
INSERT INTO "message_claims" (sender, claimed_at, message_ids)
  SELECT claimed_by, claimed_at, array_agg(id) FROM messages WHERE state = 'sending' GROUP BY 1, 2;
INSERT INTO "message_provider_ids" (message_id, provider_id)
  SELECT id, provider_id FROM messages WHERE provider_id IS NOT NULL;
