-- The first report of a tool and category has nothing that it could be new against; its zero said that nothing was new.
ALTER TABLE "finding_imports" ALTER COLUMN "new_count" DROP NOT NULL;
UPDATE "finding_imports" i SET "new_count" = NULL
WHERE "new_count" = 0 AND NOT EXISTS (SELECT FROM "finding_imports" o
  WHERE o."project_id" = i."project_id" AND o."tool" = i."tool" AND o."category" = i."category"
    AND (o."uploaded_at", o."id") < (i."uploaded_at", i."id"))
  -- Where older ones were deleted, the oldest that is left need not be the first.
  AND (SELECT count(*) FROM "finding_imports" o WHERE o."project_id" = i."project_id") < 200;
