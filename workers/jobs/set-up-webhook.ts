import { noteSetUpProblem, setUpWebhook } from '@/lib/services/webhook-set-up';
import type { LoneJob } from '../job-handler';

/** Tells the host where to send to and what to sign with. Told twice, it keeps the webhook it has. */
export const setUpWebhookJob: LoneJob<'webhook.set-up'> = {
  run: ({ projectId }, { log }) => setUpWebhook(projectId, log),
  giveUp: async (tx, { projectId }, { errorCode }) => {
    await noteSetUpProblem(tx, projectId, errorCode);
    return null;
  },
};
