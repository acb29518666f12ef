import { sendDelivery } from '@/lib/services/notifications/send-delivery';
import type { LoneJob } from '../job-handler';

/** One try to bring a message to its receiver. Its row says when the next one is, and brings it back when this worker dies. */
export const sendNotification: LoneJob<'notification.send'> = {
  async run({ deliveryId }, { log, signal }) {
    await sendDelivery(deliveryId, { log, signal });
  },
  giveUp:
    async (_tx, { deliveryId }, { errorCode, log }) =>
    () =>
      log.warn({ deliveryId, errorCode }, 'a notification waits for its next try'),
};
