import { removeWebhook } from '@/lib/services/webhook-set-up';
import type { LoneJob } from '../job-handler';

/** Takes the webhook of a project that is no more from its host. One that stays is answered as unknown. */
export const removeWebhookJob: LoneJob<'webhook.remove'> = {
  run: (hook, { log }) => removeWebhook(hook, log),
  giveUp:
    async (_tx, { externalId }, { errorCode, log }) =>
    () =>
      log.warn({ externalId, errorCode }, 'the webhook stays at its host'),
};
