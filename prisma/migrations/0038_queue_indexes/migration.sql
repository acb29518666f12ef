-- What the load of queues is read by each minute, and forgotten by.

-- CreateIndex
CREATE INDEX "webhook_deliveries_open_idx" ON "webhook_deliveries"("received_at") WHERE (status = 'received');

-- CreateIndex
CREATE INDEX "webhook_deliveries_received_at_idx" ON "webhook_deliveries"("received_at");

-- CreateIndex
CREATE INDEX "webhook_deliveries_processed_at_idx" ON "webhook_deliveries"("processed_at");

-- CreateIndex
CREATE INDEX "channel_deliveries_created_at_idx" ON "channel_deliveries"("created_at");

-- CreateIndex
CREATE INDEX "channel_deliveries_ended_at_idx" ON "channel_deliveries"("ended_at");

-- CreateIndex
CREATE INDEX "queue_samples_step_minutes_at_idx" ON "queue_samples"("step_minutes", "at");

-- Who makes a forecast says so first: until it is made, and where there is nothing to make it of, its row says nothing.
-- AlterTable
ALTER TABLE "load_forecasts" ALTER COLUMN "forecast" DROP NOT NULL;

-- When the App's host was last asked to send again what did not arrive.
-- AlterTable
ALTER TABLE "provider_apps" ADD COLUMN     "asked_for_missed_at" TIMESTAMPTZ(3);
