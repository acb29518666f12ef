-- Findings that a repository asks to let stand, with its reason. They are listed and do not weigh.
ALTER TYPE "finding_state" ADD VALUE 'suppressed';

ALTER TABLE "findings" ADD COLUMN "suppression" JSONB;
