-- Who is suppressed says by whom, and nobody else does: findings that were fixed kept the words of the exception.
UPDATE "findings" SET "suppression" = NULL WHERE "state" <> 'suppressed' AND "suppression" IS NOT NULL;
UPDATE "findings" SET "state" = 'existing' WHERE "state" = 'suppressed' AND "suppression" IS NULL;

ALTER TABLE "findings" ADD CONSTRAINT "findings_suppression_check"
  CHECK (("state" = 'suppressed') = ("suppression" IS NOT NULL));
