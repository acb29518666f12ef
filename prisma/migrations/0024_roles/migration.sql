-- People are apart too, and the audit log is signed.

-- Whose own rows are wanted, besides those of teams: a person at their own account.
CREATE FUNCTION "elder_user_id"() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('elder.user_id', true), '')::uuid
$$;

-- CreateTable
CREATE TABLE "team_people" (
    "team_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "team_people_pkey" PRIMARY KEY ("user_id","team_id")
);

-- CreateTable
CREATE TABLE "audit_log_signatures" (
    "chain" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "audit_log_signatures_pkey" PRIMARY KEY ("chain","sequence","key_id")
);

-- CreateIndex
CREATE INDEX "team_people_team_id_idx" ON "team_people"("team_id");

-- CreateIndex
CREATE INDEX "audit_log_signatures_key_id_idx" ON "audit_log_signatures"("key_id");

-- AddForeignKey
ALTER TABLE "team_people" ADD CONSTRAINT "team_people_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_people" ADD CONSTRAINT "team_people_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_log_signatures" ADD CONSTRAINT "audit_log_signatures_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "evidence_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who was in a team before this was kept is known by what they did there.
SET LOCAL elder.team_ids = '*';
INSERT INTO "team_people" ("team_id", "user_id")
  SELECT DISTINCT s."team_id", s."user_id" FROM (
    SELECT "team_id", "user_id" FROM "memberships"
    UNION SELECT "team_id", "user_id" FROM "api_tokens"
    UNION SELECT "team_id", "invited_by_id" FROM "invitations"
    UNION SELECT "team_id", "actor_id" FROM "audit_log" WHERE "action" <> 'invitation.used'
    UNION SELECT p."team_id", l."created_by_id" FROM "share_links" l JOIN "projects" p ON p."id" = l."project_id"
    UNION SELECT p."team_id", c."author_id" FROM "finding_comments" c JOIN "projects" p ON p."id" = c."project_id"
    UNION SELECT p."team_id", v."given_by_id" FROM "finding_verdicts" v JOIN "projects" p ON p."id" = v."project_id"
    UNION SELECT p."team_id", a."requested_by_id" FROM "audits" a JOIN "projects" p ON p."id" = a."project_id"
  ) s
  JOIN "users" u ON u."id" = s."user_id" JOIN "teams" t ON t."id" = s."team_id";

CREATE FUNCTION "keep_person_of_team"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "team_people" ("team_id", "user_id") VALUES (NEW."team_id", NEW."user_id") ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER "memberships_keep_people" AFTER INSERT ON "memberships"
FOR EACH ROW EXECUTE FUNCTION "keep_person_of_team"();

CREATE POLICY "of_teams" ON "team_people"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
-- Seen by those they are or were in a team with; changed by themselves. Accounts for machines are their team's.
CREATE POLICY "of_teams" ON "users" FOR SELECT
  USING ((SELECT elder_sees_all()) OR "id" = (SELECT elder_user_id())
    OR EXISTS (SELECT FROM "team_people" p WHERE p."user_id" = "users"."id")
    OR "service_team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "own" ON "users"
  USING ((SELECT elder_sees_all()) OR "id" = (SELECT elder_user_id())
    OR "service_team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "own" ON "sessions"
  USING ((SELECT elder_sees_all()) OR "user_id" = (SELECT elder_user_id()));
CREATE POLICY "own" ON "identities"
  USING ((SELECT elder_sees_all()) OR "user_id" = (SELECT elder_user_id()));
-- Who follows the link is nobody yet: the services look it up as the product itself.
CREATE POLICY "of_nobody" ON "setup_links" USING ((SELECT elder_sees_all()));
CREATE POLICY "of_teams" ON "audit_log_signatures"
  USING ((SELECT elder_sees_all()) OR "chain" = 'instance' OR "chain" = ANY ((SELECT elder_team_ids())::text[]));

ALTER TABLE "team_people" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "identities" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "setup_links" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_log_signatures" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TRIGGER "audit_log_signatures_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_log_signatures"
FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_log"();
