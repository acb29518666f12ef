-- Accounts at Git hosts, what these hosts tell us, and what we tell them.
-- AlterTable
ALTER TABLE "audits" ADD COLUMN     "pull_request_id" UUID,
ADD COLUMN     "target_files" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "connection_id" UUID,
ADD COLUMN     "is_archived" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "provider" TEXT,
ADD COLUMN     "provider_path" TEXT,
ADD COLUMN     "provider_repository_id" TEXT;

-- CreateTable
CREATE TABLE "connections" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "secret" TEXT,
    "username" TEXT,
    "app_id" UUID,
    "installation_id" TEXT,
    "account" TEXT,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "status" TEXT NOT NULL DEFAULT 'connected',
    "problem" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_apps" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "secrets" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "provider_apps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_webhooks" (
    "project_id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "previous_secret" TEXT,
    "previous_until" TIMESTAMPTZ(3),
    "external_id" TEXT,
    "problem" TEXT,
    "last_delivery_at" TIMESTAMPTZ(3),
    "compared_at" TIMESTAMPTZ(3),
    "rotated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_webhooks_pkey" PRIMARY KEY ("project_id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "action" TEXT,
    "source" TEXT NOT NULL DEFAULT 'webhook',
    "status" TEXT NOT NULL DEFAULT 'received',
    "outcome" JSONB,
    "audit_id" UUID,
    "payload" BYTEA,
    "size_bytes" INTEGER NOT NULL DEFAULT 0,
    "replay_of_id" UUID,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pull_requests" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "author" TEXT,
    "url" TEXT NOT NULL,
    "is_open" BOOLEAN NOT NULL DEFAULT true,
    "is_draft" BOOLEAN NOT NULL DEFAULT false,
    "is_fork" BOOLEAN NOT NULL DEFAULT false,
    "base_branch" TEXT NOT NULL,
    "head_branch" TEXT NOT NULL,
    "head_commit_id" TEXT NOT NULL,
    "comment_id" TEXT,
    "comment_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pull_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commit_answers" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "audit_id" UUID NOT NULL,
    "pull_request_id" UUID,
    "commit_id" TEXT NOT NULL,
    "external_id" TEXT,
    "shown_state" TEXT,
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "shown_at" TIMESTAMPTZ(3),

    CONSTRAINT "commit_answers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audits_pull_request_idx" ON "audits"("pull_request_id") WHERE (pull_request_id is not null);

-- CreateIndex
CREATE INDEX "connections_team_id_name_idx" ON "connections"("team_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "connections_app_id_installation_id_key" ON "connections"("app_id", "installation_id");

-- CreateIndex
CREATE INDEX "provider_apps_team_id_idx" ON "provider_apps"("team_id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_apps_provider_base_url_external_id_key" ON "provider_apps"("provider", "base_url", "external_id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_project_id_received_at_idx" ON "webhook_deliveries"("project_id", "received_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "webhook_deliveries_project_id_delivery_id_key" ON "webhook_deliveries"("project_id", "delivery_id");

-- CreateIndex
CREATE UNIQUE INDEX "pull_requests_project_id_number_key" ON "pull_requests"("project_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "commit_answers_audit_id_key" ON "commit_answers"("audit_id");

-- CreateIndex
CREATE INDEX "commit_answers_project_id_idx" ON "commit_answers"("project_id");

-- CreateIndex
CREATE INDEX "commit_answers_pull_request_id_idx" ON "commit_answers"("pull_request_id");

-- CreateIndex
CREATE INDEX "projects_connection_id_idx" ON "projects"("connection_id");

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audits" ADD CONSTRAINT "audits_pull_request_id_fkey" FOREIGN KEY ("pull_request_id") REFERENCES "pull_requests"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connections" ADD CONSTRAINT "connections_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connections" ADD CONSTRAINT "connections_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "provider_apps"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_apps" ADD CONSTRAINT "provider_apps_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_webhooks" ADD CONSTRAINT "project_webhooks_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commit_answers" ADD CONSTRAINT "commit_answers_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commit_answers" ADD CONSTRAINT "commit_answers_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commit_answers" ADD CONSTRAINT "commit_answers_pull_request_id_fkey" FOREIGN KEY ("pull_request_id") REFERENCES "pull_requests"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "connections"
  ADD CONSTRAINT "connections_provider_check"
    CHECK ("provider" IN ('github', 'gitlab', 'bitbucket_cloud', 'bitbucket_data_center', 'azure_devops', 'gitea')),
  ADD CONSTRAINT "connections_kind_check"
    CHECK ("kind" = 'token' AND "secret" IS NOT NULL AND "app_id" IS NULL
      OR "kind" = 'app' AND "secret" IS NULL AND "app_id" IS NOT NULL AND "installation_id" IS NOT NULL),
  ADD CONSTRAINT "connections_status_check" CHECK ("status" IN ('connected', 'reconnect', 'suspended'));
ALTER TABLE "projects" ADD CONSTRAINT "projects_provider_check"
  CHECK ("provider" IN ('github', 'gitlab', 'bitbucket_cloud', 'bitbucket_data_center', 'azure_devops', 'gitea'));
ALTER TABLE "webhook_deliveries"
  ADD CONSTRAINT "webhook_deliveries_source_check" CHECK ("source" IN ('webhook', 'poll', 'replay')),
  ADD CONSTRAINT "webhook_deliveries_status_check" CHECK ("status" IN ('received', 'processed', 'ignored', 'failed'));
ALTER TABLE "commit_answers" ADD CONSTRAINT "commit_answers_state_check"
  CHECK ("shown_state" IN ('pending', 'running', 'passed', 'failed', 'neutral'));

ALTER TABLE "audits" DROP CONSTRAINT "audits_trigger_check";
ALTER TABLE "audits" ADD CONSTRAINT "audits_trigger_check"
  CHECK ("trigger" IN ('manual', 'api', 'registration', 'push', 'pull_request', 'schedule', 'backfill'));

CREATE POLICY "of_teams" ON "connections"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "provider_apps"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "project_webhooks"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));
CREATE POLICY "of_teams" ON "webhook_deliveries"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));
CREATE POLICY "of_teams" ON "pull_requests"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));
CREATE POLICY "of_teams" ON "commit_answers"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));

ALTER TABLE "connections" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "provider_apps" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "project_webhooks" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "webhook_deliveries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "pull_requests" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "commit_answers" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
