-- Badges that anybody may see, links to reports that expire, and findings of other tools beside our own.
-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "public_badge" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "findings" ADD COLUMN     "category" TEXT,
ADD COLUMN     "duplicate_of_id" UUID,
ADD COLUMN     "help_uri" TEXT,
ADD COLUMN     "message" TEXT,
ADD COLUMN     "tool" TEXT,
ADD COLUMN     "weaknesses" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- CreateTable
CREATE TABLE "share_links" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "audit_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "has_code" BOOLEAN NOT NULL DEFAULT false,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "share_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_imports" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "commit_id" TEXT NOT NULL,
    "tool" TEXT NOT NULL,
    "tool_name" TEXT NOT NULL,
    "tool_version" TEXT,
    "category" TEXT NOT NULL DEFAULT '',
    "results" INTEGER NOT NULL,
    "findings" INTEGER NOT NULL,
    "left_out" JSONB NOT NULL DEFAULT '{}',
    "new_count" INTEGER NOT NULL,
    "fixed_count" INTEGER NOT NULL,
    "uploaded_by_id" UUID,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "finding_imports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "share_links_token_hash_key" ON "share_links"("token_hash");

-- CreateIndex
CREATE INDEX "share_links_audit_id_idx" ON "share_links"("audit_id");

-- CreateIndex
CREATE INDEX "share_links_project_id_idx" ON "share_links"("project_id");

-- CreateIndex
CREATE INDEX "finding_imports_project_id_uploaded_at_idx" ON "finding_imports"("project_id", "uploaded_at" DESC);

-- CreateIndex
CREATE INDEX "findings_imported_idx" ON "findings"("project_id", "tool", "category") WHERE (tool is not null);

-- CreateIndex
CREATE INDEX "findings_duplicate_idx" ON "findings"("duplicate_of_id") WHERE (duplicate_of_id is not null);

-- AddForeignKey
ALTER TABLE "share_links" ADD CONSTRAINT "share_links_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share_links" ADD CONSTRAINT "share_links_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share_links" ADD CONSTRAINT "share_links_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_imports" ADD CONSTRAINT "finding_imports_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_imports" ADD CONSTRAINT "finding_imports_uploaded_by_id_fkey" FOREIGN KEY ("uploaded_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "findings" ADD CONSTRAINT "findings_duplicate_of_id_fkey" FOREIGN KEY ("duplicate_of_id") REFERENCES "findings"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "findings" DROP CONSTRAINT "findings_magic_check";
ALTER TABLE "findings" ADD CONSTRAINT "findings_magic_check"
  CHECK ("magic" IN ('integrity', 'tdd', 'flow', 'sages', 'git', 'servant', 'strict', 'predictive', 'imported'));
-- A finding is ours, or another tool's with all that takes.
ALTER TABLE "findings" ADD CONSTRAINT "findings_imported_check"
  CHECK (("magic" = 'imported') = ("tool" IS NOT NULL) AND ("tool" IS NULL) = ("message" IS NULL)
    AND ("tool" IS NULL) = ("category" IS NULL) AND ("tool" IS NOT NULL OR "duplicate_of_id" IS NULL));

CREATE POLICY "of_teams" ON "share_links"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));
CREATE POLICY "of_teams" ON "finding_imports"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));

-- Also for the owner of the tables, as whom the product signs in.
ALTER TABLE "share_links" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "finding_imports" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
