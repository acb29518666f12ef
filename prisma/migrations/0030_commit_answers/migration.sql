-- AlterTable
ALTER TABLE "audits" ADD COLUMN     "changed_ranges" JSONB;

-- AlterTable
ALTER TABLE "commit_answers" ADD COLUMN     "claimed_until" TIMESTAMPTZ(3);
