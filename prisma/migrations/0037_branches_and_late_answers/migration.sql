-- AlterTable
ALTER TABLE "commit_answers" ADD COLUMN "retry_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "webhook_deliveries" ADD COLUMN "branch" TEXT;

-- Deliveries that wait, by the branch to which they push: few at any time.
CREATE INDEX "webhook_deliveries_waiting_idx" ON "webhook_deliveries"("project_id", "branch", "received_at") WHERE status = 'received';

-- Answers that a host is owed: none while hosts answer.
CREATE INDEX "commit_answers_retry_idx" ON "commit_answers"("retry_at") WHERE retry_at IS NOT NULL;
