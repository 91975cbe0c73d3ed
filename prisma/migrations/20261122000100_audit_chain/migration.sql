-- CreateTable
CREATE TABLE "audit_drafts" (
    "id" SERIAL NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_drafts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "id" INTEGER NOT NULL,
    "entry_id" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_entries_previous_key" ON "audit_entries"("previous");

ALTER TABLE "audit_heads" ADD CONSTRAINT "audit_heads_single_check" CHECK ("id" = 1);

-- An entry joins the chain when its transaction commits: writers wait for each other's commit,
-- not for each other's work. The same bytes are hashed by src/staff/audit-chain.ts.

CREATE FUNCTION "audit_field"("value" text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT octet_length("value") || ':' || "value" || ','
$$;

CREATE FUNCTION "link_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "last_id" integer;
  "last_hash" text;
  "linked_at" timestamptz(3);
  "linked_hash" text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('jigi audit chain', 0));
  SELECT "entry_id", "hash" INTO "last_id", "last_hash" FROM "audit_heads" WHERE "id" = 1;
  "last_id" := coalesce("last_id", 0);
  "last_hash" := coalesce("last_hash", '');
  "linked_at" := clock_timestamp();
  "linked_hash" := encode(sha256(convert_to(
    audit_field(("last_id" + 1)::text)
    || audit_field(to_char("linked_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    || audit_field(NEW."actor") || audit_field(NEW."action") || audit_field(NEW."subject")
    || audit_field(NEW."detail"::text) || audit_field("last_hash"), 'UTF8')), 'hex');
  INSERT INTO "audit_entries" ("id", "happened_at", "actor", "action", "subject", "detail", "previous", "hash")
  VALUES ("last_id" + 1, "linked_at", NEW."actor", NEW."action", NEW."subject", NEW."detail", "last_hash", "linked_hash");
  INSERT INTO "audit_heads" ("id", "entry_id", "hash") VALUES (1, "last_id" + 1, "linked_hash")
  ON CONFLICT ("id") DO UPDATE SET "entry_id" = excluded."entry_id", "hash" = excluded."hash";
  DELETE FROM "audit_drafts" WHERE "id" = NEW."id";
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "audit_drafts_link" AFTER INSERT ON "audit_drafts"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION link_audit();
