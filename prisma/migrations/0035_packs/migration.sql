-- Workers that share nothing but the stores: what an audit's collectors read and its judges judge lies in the object store.
-- AlterTable
ALTER TABLE "audits" ADD COLUMN     "facts_object" JSONB,
ADD COLUMN     "packs" JSONB;

ALTER TABLE "audit_jobs" DROP CONSTRAINT "audit_jobs_kind_check",
  ADD CONSTRAINT "audit_jobs_kind_check" CHECK ("kind" IN ('prepare', 'collect', 'history', 'assemble', 'judge', 'settle'));
