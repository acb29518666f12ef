-- Where teams are told what happens, what they were told, and what came of it.
-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "schedule_skipped_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "channels" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT,
    "shown_address" TEXT,
    "secret" TEXT,
    "previous_secret" TEXT,
    "previous_until" TIMESTAMPTZ(3),
    "rotated_at" TIMESTAMPTZ(3),
    "settings" JSONB NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "muted_until" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'active',
    "problem" TEXT,
    "problem_status" INTEGER,
    "failing_since" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "held_since" TIMESTAMPTZ(3),
    "weekly_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_recipients" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "asked_until" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "channel_recipients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "project_id" UUID,
    "audit_id" UUID,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_items" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "message_id" UUID,

    CONSTRAINT "channel_items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_deliveries" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "message_id" UUID NOT NULL,
    "recipient" TEXT,
    "content" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "sending_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "response_status" INTEGER,
    "response" TEXT,
    "duration_ms" INTEGER,
    "replay_of_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "channel_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "channels_team_id_name_idx" ON "channels"("team_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "channel_recipients_token_hash_key" ON "channel_recipients"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "channel_recipients_channel_id_email_key" ON "channel_recipients"("channel_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "notices_key_key" ON "notices"("key");

-- CreateIndex
CREATE INDEX "notices_team_id_idx" ON "notices"("team_id");

-- CreateIndex
CREATE INDEX "notices_project_id_idx" ON "notices"("project_id");

-- CreateIndex
CREATE INDEX "channel_items_waiting_idx" ON "channel_items"("channel_id", "due_at") WHERE (message_id IS NULL);

-- CreateIndex
CREATE INDEX "channel_items_notice_id_idx" ON "channel_items"("notice_id");

-- CreateIndex
CREATE UNIQUE INDEX "channel_items_channel_id_notice_id_key" ON "channel_items"("channel_id", "notice_id");

-- CreateIndex
CREATE INDEX "channel_deliveries_channel_id_created_at_idx" ON "channel_deliveries"("channel_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "channel_deliveries_open_idx" ON "channel_deliveries"("next_try_at") WHERE (ended_at IS NULL);

-- AddForeignKey
ALTER TABLE "channels" ADD CONSTRAINT "channels_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_recipients" ADD CONSTRAINT "channel_recipients_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_items" ADD CONSTRAINT "channel_items_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_items" ADD CONSTRAINT "channel_items_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notices"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_deliveries" ADD CONSTRAINT "channel_deliveries_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "channels"
  ADD CONSTRAINT "channels_kind_check"
    CHECK ("kind" IN ('email', 'slack', 'discord', 'teams', 'webhook') AND ("kind" = 'email') = ("address" IS NULL)
      AND ("kind" = 'webhook') = ("secret" IS NOT NULL)),
  ADD CONSTRAINT "channels_status_check" CHECK ("status" IN ('active', 'disabled'));
ALTER TABLE "channel_recipients" ADD CONSTRAINT "channel_recipients_email_check" CHECK ("email" = lower("email"));
ALTER TABLE "channel_deliveries"
  ADD CONSTRAINT "channel_deliveries_kind_check" CHECK ("kind" IN ('notices', 'weekly', 'test')),
  ADD CONSTRAINT "channel_deliveries_status_check"
    CHECK ("status" IN ('waiting', 'sending', 'delivered', 'failed')
      AND ("status" IN ('delivered', 'failed')) = ("ended_at" IS NOT NULL));

CREATE POLICY "of_teams" ON "channels"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "channel_recipients"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "notices"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "channel_items"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "channel_deliveries"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));

ALTER TABLE "channels" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "channel_recipients" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "notices" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "channel_items" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "channel_deliveries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
