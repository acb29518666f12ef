-- Audits whose result is judged a second time, and what came of it; and the outbox is moved in the order of the queue.

-- AlterTable
ALTER TABLE "outbox_jobs" ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "outbox_jobs_priority_id_idx" ON "outbox_jobs"("priority", "id");

-- CreateTable
CREATE TABLE "audit_rechecks" (
    "audit_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "differences" JSONB NOT NULL DEFAULT '[]',
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_rechecks_pkey" PRIMARY KEY ("audit_id")
);

-- CreateIndex
CREATE INDEX "audit_rechecks_checked_at_idx" ON "audit_rechecks"("checked_at");

-- CreateIndex
CREATE INDEX "audit_rechecks_waiting_idx" ON "audit_rechecks"("asked_at") WHERE (state = 'waiting');

-- AddForeignKey
ALTER TABLE "audit_rechecks" ADD CONSTRAINT "audit_rechecks_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_rechecks"
  ADD CONSTRAINT "audit_rechecks_state_check" CHECK ("state" IN ('waiting', 'same', 'different', 'skipped'));

CREATE POLICY "of_teams" ON "audit_rechecks"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "audits" a WHERE a."id" = "audit_id"));

ALTER TABLE "audit_rechecks" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
