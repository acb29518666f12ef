-- What the Git host said to an audit beyond Git: judged again, the audit sees the same.
-- CreateTable
CREATE TABLE "audit_host_evidence" (
    "audit_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "commit_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "summary" JSONB NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "audit_host_evidence_pkey" PRIMARY KEY ("audit_id")
);

-- AddForeignKey
ALTER TABLE "audit_host_evidence" ADD CONSTRAINT "audit_host_evidence_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_host_evidence"
  ADD CONSTRAINT "audit_host_evidence_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "audit_host_evidence_calls_check" CHECK ("calls" BETWEEN 0 AND 60),
  ADD CONSTRAINT "audit_host_evidence_size_check" CHECK (octet_length("data") <= 1048576);

CREATE POLICY "of_teams" ON "audit_host_evidence"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "audits" a WHERE a."id" = "audit_id"));

ALTER TABLE "audit_host_evidence" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
