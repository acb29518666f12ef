-- Keys with which Git reads over ssh, and by which keys hosts are known.
-- CreateTable
CREATE TABLE "ssh_keys" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "project_id" UUID,
    "public_key" TEXT NOT NULL,
    "private_key" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ssh_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ssh_hosts" (
    "team_id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "keys" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "offered_keys" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by_id" UUID,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "ssh_hosts_pkey" PRIMARY KEY ("team_id","host")
);

-- CreateIndex
CREATE UNIQUE INDEX "ssh_keys_project_id_key" ON "ssh_keys"("project_id");

-- CreateIndex
CREATE INDEX "ssh_keys_team_id_idx" ON "ssh_keys"("team_id");

-- AddForeignKey
ALTER TABLE "ssh_keys" ADD CONSTRAINT "ssh_keys_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ssh_keys" ADD CONSTRAINT "ssh_keys_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ssh_hosts" ADD CONSTRAINT "ssh_hosts_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE POLICY "of_teams" ON "ssh_keys"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "ssh_hosts"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));

ALTER TABLE "ssh_keys" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "ssh_hosts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
