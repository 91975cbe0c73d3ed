-- CreateTable
CREATE TABLE "uploads" (
    "id" SERIAL NOT NULL,
    "account_id" INTEGER NOT NULL,
    "file_name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "read_bytes" BIGINT NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "told" TEXT[],
    "summary" JSONB,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload_pieces" (
    "upload_id" INTEGER NOT NULL,
    "side" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "upload_pieces_pkey" PRIMARY KEY ("upload_id","side","number")
);

-- CreateIndex
CREATE INDEX "uploads_began_at_idx" ON "uploads"("began_at");

-- AddForeignKey
ALTER TABLE "upload_pieces" ADD CONSTRAINT "upload_pieces_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "uploads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "uploads" ADD CONSTRAINT "uploads_state_check" CHECK ("state" IN ('coming', 'waiting', 'running', 'done', 'refused', 'failed'));
ALTER TABLE "upload_pieces" ADD CONSTRAINT "upload_pieces_side_check" CHECK ("side" IN ('file', 'rejected'));

-- Pieces come and go whole: to compress them would cost more than their room.
ALTER TABLE "upload_pieces" ALTER COLUMN "content" SET STORAGE EXTERNAL;
