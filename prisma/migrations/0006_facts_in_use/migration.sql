-- AlterTable
ALTER TABLE "blob_facts" ADD COLUMN     "used_on" DATE NOT NULL DEFAULT CURRENT_DATE;

-- AlterTable
ALTER TABLE "commit_facts" ADD COLUMN     "used_on" DATE NOT NULL DEFAULT CURRENT_DATE;

-- CreateIndex
CREATE INDEX "blob_facts_used_on_idx" ON "blob_facts"("used_on");

-- CreateIndex
CREATE INDEX "commit_facts_used_on_idx" ON "commit_facts"("used_on");
