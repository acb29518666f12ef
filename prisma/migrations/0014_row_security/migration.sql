-- Tenants are apart underneath the services too. Each connection says whose rows it may see and change in
-- "elder.team_ids": ids of teams, or `*` for what the product does by itself. Unset, it sees none.
CREATE FUNCTION "elder_sees_all"() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(current_setting('elder.team_ids', true), '') = '*'
$$;

CREATE FUNCTION "elder_team_ids"() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN coalesce(current_setting('elder.team_ids', true), '') IN ('', '*') THEN '{}'::uuid[]
    ELSE string_to_array(current_setting('elder.team_ids', true), ',')::uuid[] END
$$;

-- In sub-selects they are asked once a query, not once a row. What belongs to a project is looked up row by row: as a list
-- of the project ids it would be read anew in each sub-select of a query.
CREATE POLICY "of_teams" ON "teams"
  USING ((SELECT elder_sees_all()) OR "id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "memberships"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "api_tokens"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "projects"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "audits"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));
CREATE POLICY "of_teams" ON "coverage_reports"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));
CREATE POLICY "of_teams" ON "findings"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));
CREATE POLICY "of_teams" ON "audit_jobs"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "audits" a WHERE a."id" = "audit_id"));
CREATE POLICY "of_teams" ON "audit_magics"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "audits" a WHERE a."id" = "audit_id"));
CREATE POLICY "of_teams" ON "audit_maps"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "audits" a WHERE a."id" = "audit_id"));
-- What belongs to no team is written by requests, and read by nobody who asks for a team.
CREATE POLICY "of_teams" ON "audit_log"
  USING ((SELECT elder_sees_all()) OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]))
  WITH CHECK ((SELECT elder_sees_all()) OR "team_id" IS NULL OR "team_id" = ANY ((SELECT elder_team_ids())::uuid[]));
CREATE POLICY "of_teams" ON "audit_log_heads"
  USING ((SELECT elder_sees_all()) OR "chain" = 'instance' OR "chain" = ANY ((SELECT elder_team_ids())::text[]));

-- Also for the owner of the tables, as whom the product signs in.
ALTER TABLE "teams" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "memberships" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "api_tokens" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "projects" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "audits" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "coverage_reports" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "findings" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_jobs" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_magics" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_maps" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_log" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_log_heads" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
