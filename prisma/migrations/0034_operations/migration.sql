-- Who sees to the installation, how full its queues are, what its workers say of themselves, and the jobs it gave up.

-- AlterTable
ALTER TABLE "instance" ADD COLUMN     "owner_team_id" UUID;

-- AlterTable
ALTER TABLE "notices" ADD COLUMN     "traceparent" TEXT;

-- AlterTable
ALTER TABLE "worker_processes" ADD COLUMN     "concurrency" INTEGER,
ADD COLUMN     "cpu_cores" DOUBLE PRECISION,
ADD COLUMN     "is_draining" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "loop_lag_ms" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "queue_depths" (
    "kind" TEXT NOT NULL,
    "waiting" INTEGER NOT NULL,
    "delayed" INTEGER NOT NULL,
    "running" INTEGER NOT NULL,
    "oldest_at" TIMESTAMPTZ(3),
    "measured_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "queue_depths_pkey" PRIMARY KEY ("kind")
);

-- CreateTable
CREATE TABLE "failed_jobs" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "key" TEXT NOT NULL,
    "error_code" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 1,
    "worker" TEXT,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "retried_at" TIMESTAMPTZ(3),

    CONSTRAINT "failed_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "failed_jobs_key_key" ON "failed_jobs"("key");

-- CreateIndex
CREATE INDEX "failed_jobs_last_at_idx" ON "failed_jobs"("last_at");

-- CreateIndex
CREATE INDEX "audits_ended_at_idx" ON "audits"("ended_at");

-- CreateIndex
CREATE INDEX "audit_jobs_ended_at_idx" ON "audit_jobs"("ended_at");

-- CreateIndex
CREATE INDEX "instance_owner_team_id_idx" ON "instance"("owner_team_id");

-- AddForeignKey
ALTER TABLE "instance" ADD CONSTRAINT "instance_owner_team_id_fkey" FOREIGN KEY ("owner_team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Of no team, and seen by the product alone.
ALTER TABLE "failed_jobs" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "of_instance" ON "failed_jobs" USING ((SELECT elder_sees_all()));

-- The only team is that of who installed. Among several nothing tells it: the first may be gone, and the next one is a
-- tenant. Whoever operates the installation names it: elder owner.
SET LOCAL elder.team_ids = '*';
UPDATE "instance" SET "owner_team_id" = (SELECT "id" FROM "teams" WHERE (SELECT count(*) FROM "teams") = 1);
RESET elder.team_ids;
