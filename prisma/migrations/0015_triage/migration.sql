-- What a team says of a finding: verdicts from when to when, whom it is assigned to, comments, what happened, and where it comes from.
-- AlterTable
ALTER TABLE "audits" ADD COLUMN     "demoted_rules" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "renames" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "verdicts_at" TIMESTAMPTZ(6),
ADD COLUMN     "verdicts_hash" TEXT;

-- AlterTable
ALTER TABLE "findings" ADD COLUMN     "assignee_id" UUID,
ADD COLUMN     "is_held" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "verdict" TEXT,
ADD COLUMN     "verdict_id" UUID,
ADD COLUMN     "verdict_until" DATE;

-- CreateTable
CREATE TABLE "finding_verdicts" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" DATE,
    "given_by_id" UUID,
    "given_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "finding_verdicts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_events" (
    "id" BIGSERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "change_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "actor_id" UUID,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "finding_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_comments" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "author_id" UUID,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),

    CONSTRAINT "finding_comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_origins" (
    "finding_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "commit_id" TEXT NOT NULL,
    "introduced_commit" TEXT,
    "introduced_at" TIMESTAMPTZ(0),
    "author_name" TEXT,
    "owners" TEXT[],
    "owner_source" TEXT,

    CONSTRAINT "finding_origins_pkey" PRIMARY KEY ("finding_id")
);

-- CreateIndex
CREATE INDEX "finding_verdicts_project_id_given_at_idx" ON "finding_verdicts"("project_id", "given_at");

-- CreateIndex
CREATE INDEX "finding_verdicts_finding_id_idx" ON "finding_verdicts"("finding_id");

-- CreateIndex
CREATE INDEX "finding_events_finding_id_id_idx" ON "finding_events"("finding_id", "id");

-- CreateIndex
CREATE INDEX "finding_events_change_id_idx" ON "finding_events"("change_id");

-- CreateIndex
CREATE INDEX "finding_events_project_id_idx" ON "finding_events"("project_id");

-- CreateIndex
CREATE INDEX "finding_comments_finding_id_id_idx" ON "finding_comments"("finding_id", "id");

-- CreateIndex
CREATE INDEX "finding_comments_project_id_idx" ON "finding_comments"("project_id");

-- CreateIndex
CREATE INDEX "finding_origins_project_id_idx" ON "finding_origins"("project_id");

-- CreateIndex
CREATE UNIQUE INDEX "findings_verdict_id_key" ON "findings"("verdict_id");

-- CreateIndex
CREATE INDEX "findings_assignee_idx" ON "findings"("assignee_id", "project_id") WHERE (assignee_id is not null);

-- CreateIndex
CREATE INDEX "findings_expiring_idx" ON "findings"("project_id", "verdict_until") WHERE (verdict_until is not null);

-- CreateIndex
CREATE INDEX "findings_judged_idx" ON "findings"("project_id", "rule_id") WHERE (verdict is not null);

-- AddForeignKey
ALTER TABLE "findings" ADD CONSTRAINT "findings_verdict_id_fkey" FOREIGN KEY ("verdict_id") REFERENCES "finding_verdicts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "findings" ADD CONSTRAINT "findings_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_verdicts" ADD CONSTRAINT "finding_verdicts_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_verdicts" ADD CONSTRAINT "finding_verdicts_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "findings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_verdicts" ADD CONSTRAINT "finding_verdicts_given_by_id_fkey" FOREIGN KEY ("given_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_events" ADD CONSTRAINT "finding_events_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_events" ADD CONSTRAINT "finding_events_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "findings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_events" ADD CONSTRAINT "finding_events_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_comments" ADD CONSTRAINT "finding_comments_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_comments" ADD CONSTRAINT "finding_comments_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "findings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_comments" ADD CONSTRAINT "finding_comments_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_origins" ADD CONSTRAINT "finding_origins_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_origins" ADD CONSTRAINT "finding_origins_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "findings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "findings" ADD CONSTRAINT "findings_verdict_check"
  CHECK ("verdict" IN ('accepted', 'false_positive', 'wont_fix') OR ("verdict" IS NULL AND "verdict_until" IS NULL));
ALTER TABLE "finding_verdicts" ADD CONSTRAINT "finding_verdicts_verdict_check"
  CHECK ("verdict" IN ('accepted', 'false_positive', 'wont_fix') AND length("reason") BETWEEN 1 AND 1000 AND "ended_at" >= "given_at");
-- One verdict of a finding at a time.
CREATE UNIQUE INDEX "finding_verdicts_one_key" ON "finding_verdicts"("finding_id") WHERE (ended_at is null);
ALTER TABLE "finding_events" ADD CONSTRAINT "finding_events_kind_check" CHECK ("kind" IN ('verdict', 'assignee'));
ALTER TABLE "finding_comments" ADD CONSTRAINT "finding_comments_text_check" CHECK (length("text") BETWEEN 1 AND 4000);
ALTER TABLE "finding_origins" ADD CONSTRAINT "finding_origins_source_check" CHECK ("owner_source" IN ('codeowners', 'blame'));

CREATE POLICY "of_teams" ON "finding_verdicts"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));
CREATE POLICY "of_teams" ON "finding_events"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));
CREATE POLICY "of_teams" ON "finding_comments"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));
CREATE POLICY "of_teams" ON "finding_origins"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));

-- Also for the owner of the tables, as whom the product signs in.
ALTER TABLE "finding_verdicts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "finding_events" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "finding_comments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "finding_origins" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
