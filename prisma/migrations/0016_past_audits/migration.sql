-- AlterTable
ALTER TABLE "audits" ADD COLUMN     "as_of" TIMESTAMPTZ(0);

ALTER TABLE "audits" DROP CONSTRAINT "audits_trigger_check";
ALTER TABLE "audits" ADD CONSTRAINT "audits_trigger_check"
  CHECK ("trigger" IN ('manual', 'api', 'registration', 'push', 'schedule', 'backfill'));
