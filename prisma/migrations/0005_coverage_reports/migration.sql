-- Coverage reports that programs send for a commit, and the one an audit has read. Patches are made on demand.
ALTER TABLE "findings" DROP COLUMN "patch";

-- AlterTable
ALTER TABLE "audits" ADD COLUMN     "coverage_hash" TEXT;

-- CreateTable
CREATE TABLE "coverage_reports" (
    "project_id" UUID NOT NULL,
    "commit_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "files" INTEGER NOT NULL,
    "lines" INTEGER NOT NULL,
    "hit" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,
    "uploaded_by_id" UUID,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "coverage_reports_pkey" PRIMARY KEY ("project_id","commit_id","hash")
);

-- CreateIndex
CREATE INDEX "coverage_reports_project_id_uploaded_at_idx" ON "coverage_reports"("project_id", "uploaded_at" DESC);

-- AddForeignKey
ALTER TABLE "coverage_reports" ADD CONSTRAINT "coverage_reports_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coverage_reports" ADD CONSTRAINT "coverage_reports_uploaded_by_id_fkey" FOREIGN KEY ("uploaded_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "coverage_reports" ADD CONSTRAINT "coverage_reports_format_check" CHECK ("format" IN ('lcov', 'cobertura', 'jacoco', 'go'));
