-- The cluster that the owner of the installation describes, and what was done with it.

-- CreateTable
CREATE TABLE "cluster_configurations" (
    "is_only" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cluster_configurations_pkey" PRIMARY KEY ("is_only")
);

-- CreateTable
CREATE TABLE "cluster_runs" (
    "id" UUID NOT NULL,
    "verb" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "options" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "progress" JSONB NOT NULL DEFAULT '[]',
    "ends" JSONB NOT NULL DEFAULT '[]',
    "error_code" TEXT,
    "requested_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),
    "stop_asked_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "cluster_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "cluster_runs_created_at_idx" ON "cluster_runs"("created_at");

-- AddForeignKey
ALTER TABLE "cluster_runs" ADD CONSTRAINT "cluster_runs_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "cluster_configurations" ADD CONSTRAINT "cluster_configurations_one_check" CHECK ("is_only");
ALTER TABLE "cluster_configurations" ADD CONSTRAINT "cluster_configurations_text_check" CHECK (length("text") <= 200000);
ALTER TABLE "cluster_runs" ADD CONSTRAINT "cluster_runs_verb_check" CHECK ("verb" IN ('validate', 'diff', 'status', 'apply', 'destroy'));
ALTER TABLE "cluster_runs" ADD CONSTRAINT "cluster_runs_status_check" CHECK ("status" IN ('waiting', 'running', 'done', 'failed', 'cancelled'));

-- One at a time: two would wait for each other's lock on the cluster.
CREATE UNIQUE INDEX "cluster_runs_open_key" ON "cluster_runs" ((true)) WHERE "status" IN ('waiting', 'running');

-- Of no team, and seen by the product alone.
ALTER TABLE "cluster_configurations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "of_instance" ON "cluster_configurations" USING ((SELECT elder_sees_all()));
ALTER TABLE "cluster_runs" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "of_instance" ON "cluster_runs" USING ((SELECT elder_sees_all()));
