-- Audits of a commit that was asked for: the head of a pull request, and where its branch left the base.
-- AlterTable
ALTER TABLE "audits" ADD COLUMN     "asked_commit_id" TEXT,
ADD COLUMN     "base_commit_id" TEXT;

-- AlterTable
ALTER TABLE "pull_requests" ADD COLUMN     "head_ref" TEXT;
