-- Ways to a Git host and back that a person began, and projects that a file names.
-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "is_from_file" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "connection_states" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "value_hash" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "app_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connection_states_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "connection_states_value_hash_key" ON "connection_states"("value_hash");

-- CreateIndex
CREATE INDEX "connection_states_team_id_idx" ON "connection_states"("team_id");

-- AddForeignKey
ALTER TABLE "connection_states" ADD CONSTRAINT "connection_states_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_states" ADD CONSTRAINT "connection_states_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "provider_apps"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "connection_states" ADD CONSTRAINT "connection_states_purpose_check"
  CHECK ("purpose" = 'manifest' AND "app_id" IS NULL OR "purpose" = 'install' AND "app_id" IS NOT NULL);

CREATE POLICY "of_teams" ON "connection_states"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
ALTER TABLE "connection_states" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
