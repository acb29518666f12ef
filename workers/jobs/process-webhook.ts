import { failDelivery, processDelivery } from '@/lib/services/delivery-processing';
import type { LoneJob } from '../job-handler';

/** Does what a delivery asks for. A delivery that was processed stays as it is. */
export const processWebhook: LoneJob<'webhook.process'> = {
  run: ({ deliveryId }, { log }) => processDelivery(deliveryId, log),
  giveUp: (tx, { deliveryId }, { errorCode, log }) => failDelivery(tx, deliveryId, { errorCode, log }),
};
