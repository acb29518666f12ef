-- AlterTable
ALTER TABLE "teams" ADD COLUMN "configuration_version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "projects" ADD COLUMN "override_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "policy_override" JSONB;

-- AlterTable
ALTER TABLE "audits" ADD COLUMN "changed_lines" INTEGER,
ADD COLUMN "configuration_version" INTEGER,
ADD COLUMN "gate_baseline_id" UUID;

-- CreateTable
CREATE TABLE "configuration_versions" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "project_id" UUID,
    "number" INTEGER NOT NULL,
    "configuration" JSONB NOT NULL,
    "preset" TEXT,
    "reason" TEXT NOT NULL,
    "restored_from" INTEGER,
    "changes" INTEGER NOT NULL,
    "changed_by_id" UUID,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "configuration_versions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "configuration_versions_of_team_key" ON "configuration_versions"("team_id", "number") WHERE (project_id IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "configuration_versions_of_project_key" ON "configuration_versions"("project_id", "number");

-- CreateIndex
CREATE INDEX "configuration_versions_changed_by_id_idx" ON "configuration_versions"("changed_by_id");

-- AddForeignKey
ALTER TABLE "configuration_versions" ADD CONSTRAINT "configuration_versions_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "configuration_versions" ADD CONSTRAINT "configuration_versions_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "configuration_versions" ADD CONSTRAINT "configuration_versions_changed_by_id_fkey" FOREIGN KEY ("changed_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "configuration_versions" ADD CONSTRAINT "configuration_versions_number_check"
  CHECK ("number" >= 1 AND "changes" >= 0 AND ("restored_from" IS NULL OR "restored_from" BETWEEN 1 AND "number" - 1));
ALTER TABLE "configuration_versions" ADD CONSTRAINT "configuration_versions_reason_check" CHECK (length("reason") BETWEEN 1 AND 1000);

CREATE POLICY "of_teams" ON "configuration_versions"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
ALTER TABLE "configuration_versions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
