-- CreateTable
CREATE TABLE "audit_evidence" (
    "project_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "audit_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "previous_hash" TEXT,
    "envelope" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_evidence_pkey" PRIMARY KEY ("project_id","sequence")
);

-- CreateTable
CREATE TABLE "evidence_keys" (
    "id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evidence_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instance" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "is_only" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "instance_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_evidence_audit_id_key" ON "audit_evidence"("audit_id");

-- CreateIndex
CREATE INDEX "audit_evidence_key_id_idx" ON "audit_evidence"("key_id");

-- CreateIndex
CREATE UNIQUE INDEX "instance_is_only_key" ON "instance"("is_only");

-- AddForeignKey
ALTER TABLE "audit_evidence" ADD CONSTRAINT "audit_evidence_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_evidence" ADD CONSTRAINT "audit_evidence_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "evidence_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "audit_evidence" ADD CONSTRAINT "audit_evidence_chain_check"
  CHECK ("sequence" >= 1 AND ("sequence" = 1) = ("previous_hash" IS NULL) AND "hash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "instance" ADD CONSTRAINT "instance_one_check" CHECK ("is_only");

INSERT INTO "instance" DEFAULT VALUES;

-- What was signed stays as it was signed; it goes with its project alone.
CREATE FUNCTION "refuse_change_of_evidence"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_evidence' THEN
    IF NOT EXISTS (SELECT FROM "projects" WHERE "id" = OLD."project_id") THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'evidence is not changed';
END
$$;

CREATE TRIGGER "audit_evidence_is_append_only" BEFORE UPDATE OR DELETE ON "audit_evidence"
FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_evidence"();
CREATE TRIGGER "audit_evidence_is_not_emptied" BEFORE TRUNCATE ON "audit_evidence"
FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_evidence"();
CREATE TRIGGER "evidence_keys_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "evidence_keys"
FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_evidence"();

CREATE POLICY "of_teams" ON "audit_evidence"
  USING ((SELECT elder_sees_all()) OR EXISTS (SELECT FROM "projects" p WHERE p."id" = "project_id"));

-- Also for the owner of the tables, as whom the product signs in.
ALTER TABLE "audit_evidence" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
