-- How much work there was for each kind of worker, what is expected to come, and how many workers are wanted for it.

-- CreateTable
CREATE TABLE "queue_samples" (
    "kind" TEXT NOT NULL,
    "step_minutes" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "waiting" DOUBLE PRECISION NOT NULL,
    "running" DOUBLE PRECISION NOT NULL,
    "arrivals" INTEGER NOT NULL,
    "finished" INTEGER NOT NULL,
    "mean_seconds" DOUBLE PRECISION,
    "oldest_wait_seconds" DOUBLE PRECISION NOT NULL,
    "waiting_seconds" DOUBLE PRECISION,
    "workers" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "queue_samples_pkey" PRIMARY KEY ("kind", "step_minutes", "at")
);

-- CreateTable
CREATE TABLE "load_forecasts" (
    "kind" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "forecast" JSONB NOT NULL,

    CONSTRAINT "load_forecasts_pkey" PRIMARY KEY ("kind", "made_at")
);

-- CreateTable
CREATE TABLE "scaling_settings" (
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scaling_settings_pkey" PRIMARY KEY ("kind")
);

ALTER TABLE "queue_samples" ADD CONSTRAINT "queue_samples_step_check" CHECK ("step_minutes" IN (1, 15));
