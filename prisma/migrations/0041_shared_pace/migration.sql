-- What all processes know of how fast a Git host may be asked with one credential.

-- CreateTable
CREATE TABLE "provider_paces" (
    "key" TEXT NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),
    "remaining" INTEGER,
    "resets_at" TIMESTAMPTZ(3),
    "writes" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
    "next_write_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "provider_paces_pkey" PRIMARY KEY ("key")
);
