-- What inboxes ask of all projects of a team at once, as a column of its own: the planner knows how rare it is.
ALTER TABLE "findings" ADD COLUMN "is_new" BOOLEAN NOT NULL
  GENERATED ALWAYS AS ("state" IN ('new', 'reopened') AND "verdict" IS NULL) STORED;

-- CreateIndex
CREATE INDEX "findings_new_idx" ON "findings"("project_id", "severity_rank", "rule_id", "id") WHERE (is_new);
