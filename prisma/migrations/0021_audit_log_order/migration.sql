-- DropIndex
DROP INDEX "audit_log_team_id_at_idx";

-- The order in which the log is read, whole and by kind of change; the second also gives the kinds there are.
CREATE INDEX "audit_log_team_id_id_idx" ON "audit_log"("team_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_log_team_id_action_id_idx" ON "audit_log"("team_id", "action", "id" DESC);
