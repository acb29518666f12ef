-- What the maps of a project's pages show, kept for the newest audit of each branch.
CREATE TABLE "audit_maps" (
    "audit_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "audit_maps_pkey" PRIMARY KEY ("audit_id","kind")
);

-- AddForeignKey
ALTER TABLE "audit_maps" ADD CONSTRAINT "audit_maps_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audits"("id") ON DELETE CASCADE ON UPDATE CASCADE;
