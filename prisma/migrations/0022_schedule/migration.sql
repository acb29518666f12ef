-- AlterTable
ALTER TABLE "projects" ADD COLUMN "scheduled_at" TIMESTAMPTZ(3);
