-- CreateEnum
CREATE TYPE "role" AS ENUM ('owner', 'admin', 'member', 'viewer');

-- CreateEnum
CREATE TYPE "audit_status" AS ENUM ('queued', 'running', 'completed', 'partial', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "job_status" AS ENUM ('waiting', 'running', 'done', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "finding_state" AS ENUM ('new', 'existing', 'fixed', 'reopened');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "language" TEXT,
    "theme" TEXT,
    "session_epoch" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "policy" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "user_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("user_id","team_id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_links" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "repository_url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setup_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "projects" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "repository_url" TEXT NOT NULL,
    "canonical_key" TEXT NOT NULL,
    "branch" TEXT NOT NULL,
    "stack" JSONB NOT NULL DEFAULT '[]',
    "size_bytes" BIGINT,
    "tier" TEXT NOT NULL DEFAULT 'small',
    "access_problem" TEXT,
    "next_audit_number" INTEGER NOT NULL DEFAULT 1,
    "current_audit_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audits" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" "audit_status" NOT NULL DEFAULT 'queued',
    "kind" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "branch" TEXT NOT NULL,
    "commit_id" TEXT,
    "commit_subject" TEXT,
    "commit_author" TEXT,
    "committed_at" TIMESTAMPTZ(0),
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "shards" INTEGER NOT NULL DEFAULT 0,
    "enabled_magics" TEXT[],
    "policy" JSONB NOT NULL,
    "health_score" DOUBLE PRECISION,
    "health_coverage" DOUBLE PRECISION,
    "gate" TEXT,
    "gate_reason" JSONB,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "new_counts" JSONB NOT NULL DEFAULT '{}',
    "fixed_count" INTEGER NOT NULL DEFAULT 0,
    "new_findings" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "reopened_findings" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "result_hash" TEXT,
    "stats" JSONB NOT NULL DEFAULT '{}',
    "top_risks" JSONB NOT NULL DEFAULT '[]',
    "releases" JSONB NOT NULL DEFAULT '[]',
    "error_code" TEXT,
    "event_sequence" INTEGER NOT NULL DEFAULT 0,
    "requested_by_id" UUID,
    "idempotency_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "audits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_jobs" (
    "id" UUID NOT NULL,
    "audit_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL DEFAULT '',
    "status" "job_status" NOT NULL DEFAULT 'waiting',
    "worker" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "queue_id" TEXT NOT NULL DEFAULT '',
    "counts" JSONB NOT NULL DEFAULT '{}',
    "error_code" TEXT,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_magics" (
    "audit_id" UUID NOT NULL,
    "magic" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "score" DOUBLE PRECISION,
    "coverage" DOUBLE PRECISION,
    "result" JSONB,
    "findings" BYTEA,
    "error_code" TEXT,
    "execution_time_ms" INTEGER,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_magics_pkey" PRIMARY KEY ("audit_id","magic")
);

-- CreateTable
CREATE TABLE "findings" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "magic" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "severity_rank" SMALLINT NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "path" TEXT,
    "start_line" INTEGER,
    "end_line" INTEGER,
    "message_id" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "evidence" TEXT,
    "related" JSONB NOT NULL DEFAULT '[]',
    "commits" TEXT[],
    "patch" TEXT,
    "state" "finding_state" NOT NULL,
    "first_audit_id" UUID NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_audit_id" UUID NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "fixed_audit_id" UUID,

    CONSTRAINT "findings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blob_facts" (
    "key" TEXT NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "blob_facts_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "commit_facts" (
    "key" TEXT NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "commit_facts_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "outbox_jobs" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "options" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_processes" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "kinds" TEXT[],
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "jobs" JSONB NOT NULL DEFAULT '[]',
    "rss_bytes" BIGINT,

    CONSTRAINT "worker_processes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "socket_io_attachments" (
    "id" BIGSERIAL NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "payload" BYTEA,

    CONSTRAINT "socket_io_attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "team_id" UUID,
    "action" TEXT NOT NULL,
    "target" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "memberships_team_id_idx" ON "memberships"("team_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "api_tokens"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "setup_links_token_hash_key" ON "setup_links"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "projects_current_audit_id_key" ON "projects"("current_audit_id");

-- CreateIndex
CREATE INDEX "projects_team_id_name_idx" ON "projects"("team_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "projects_team_id_canonical_key_key" ON "projects"("team_id", "canonical_key");

-- CreateIndex
CREATE INDEX "audits_project_id_created_at_idx" ON "audits"("project_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "audits_one_running_key" ON "audits"("project_id", "branch") WHERE status = 'running';

-- CreateIndex
CREATE INDEX "audits_project_id_branch_number_idx" ON "audits"("project_id", "branch", "number" DESC);

-- CreateIndex
CREATE INDEX "audits_active_idx" ON "audits"("project_id") WHERE status = ANY (ARRAY['queued'::audit_status, 'running'::audit_status]);

-- CreateIndex
CREATE INDEX "audits_status_idx" ON "audits"("status");

-- CreateIndex
CREATE UNIQUE INDEX "audits_project_id_number_key" ON "audits"("project_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "audits_project_id_idempotency_key_key" ON "audits"("project_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "audit_jobs_status_worker_idx" ON "audit_jobs"("status", "worker");

-- CreateIndex
CREATE UNIQUE INDEX "audit_jobs_audit_id_attempt_kind_key_key" ON "audit_jobs"("audit_id", "attempt", "kind", "key");

-- CreateIndex
CREATE INDEX "findings_project_id_state_severity_rank_rule_id_id_idx" ON "findings"("project_id", "state", "severity_rank", "rule_id", "id");

-- CreateIndex
CREATE INDEX "findings_open_idx" ON "findings"("project_id", "severity_rank", "rule_id", "id") WHERE state <> 'fixed';

-- CreateIndex
CREATE UNIQUE INDEX "findings_project_id_fingerprint_key" ON "findings"("project_id", "fingerprint");

-- CreateIndex
CREATE INDEX "audit_log_team_id_at_idx" ON "audit_log"("team_id", "at" DESC);

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_current_audit_id_fkey" FOREIGN KEY ("current_audit_id") REFERENCES "audits"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audits" ADD CONSTRAINT "audits_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audits" ADD CONSTRAINT "audits_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_jobs" ADD CONSTRAINT "audit_jobs_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_magics" ADD CONSTRAINT "audit_magics_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "findings" ADD CONSTRAINT "findings_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Facts and findings are stored compressed: PostgreSQL need not try again.
ALTER TABLE "blob_facts" ALTER COLUMN "data" SET STORAGE EXTERNAL;
ALTER TABLE "commit_facts" ALTER COLUMN "data" SET STORAGE EXTERNAL;
ALTER TABLE "audit_magics" ALTER COLUMN "findings" SET STORAGE EXTERNAL;

-- Closed sets of the code.
ALTER TABLE "users" ADD CONSTRAINT "users_email_check" CHECK ("email" = lower("email"));
ALTER TABLE "users" ADD CONSTRAINT "users_language_check" CHECK ("language" IN ('en', 'ja'));
ALTER TABLE "users" ADD CONSTRAINT "users_theme_check" CHECK ("theme" IN ('system', 'light', 'dark'));
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_scopes_check" CHECK ("scopes" <@ ARRAY['read', 'write', 'admin']);
ALTER TABLE "projects" ADD CONSTRAINT "projects_tier_check" CHECK ("tier" IN ('micro', 'small', 'medium', 'large', 'xlarge'));
ALTER TABLE "audits" ADD CONSTRAINT "audits_kind_check" CHECK ("kind" IN ('full', 'incremental'));
ALTER TABLE "audits" ADD CONSTRAINT "audits_trigger_check" CHECK ("trigger" IN ('manual', 'api', 'registration', 'push', 'schedule'));
ALTER TABLE "audits" ADD CONSTRAINT "audits_gate_check" CHECK ("gate" IN ('passed', 'warning', 'failed'));
ALTER TABLE "audit_jobs" ADD CONSTRAINT "audit_jobs_kind_check" CHECK ("kind" IN ('prepare', 'collect', 'history', 'judge', 'settle'));
ALTER TABLE "audit_magics" ADD CONSTRAINT "audit_magics_magic_check" CHECK ("magic" IN ('integrity', 'tdd', 'flow', 'strict', 'git', 'sages', 'servant', 'predictive'));
ALTER TABLE "audit_magics" ADD CONSTRAINT "audit_magics_status_check" CHECK ("status" IN ('waiting', 'running', 'passed', 'warning', 'failed', 'inconclusive', 'not_applicable', 'error'));
ALTER TABLE "findings" ADD CONSTRAINT "findings_magic_check" CHECK ("magic" IN ('integrity', 'tdd', 'flow', 'strict', 'git', 'sages', 'servant', 'predictive'));
ALTER TABLE "findings" ADD CONSTRAINT "findings_severity_check" CHECK ("severity" IN ('critical', 'high', 'medium', 'low', 'info'));
