import type { JobHandlers, LoneJobs } from './job-handler';
import { assemble } from './jobs/assemble';
import { collect } from './jobs/collect';
import { history } from './jobs/history';
import { judge } from './jobs/judge';
import { prepare } from './jobs/prepare';
import { processWebhook } from './jobs/process-webhook';
import { readInstallationJob } from './jobs/read-installation';
import { recheckResult } from './jobs/recheck-result';
import { removeWebhookJob } from './jobs/remove-webhook';
import { runClusterJob } from './jobs/run-cluster';
import { sendNotification } from './jobs/send-notification';
import { setUpWebhookJob } from './jobs/set-up-webhook';
import { settle } from './jobs/settle';
import { showAnswerJob } from './jobs/show-answer';

export const handlers: JobHandlers = {
  'audit.prepare': prepare,
  'audit.collect': collect,
  'audit.history': history,
  'audit.assemble': assemble,
  'audit.judge': judge,
  'audit.settle': settle,
};

export const loneJobs: LoneJobs = {
  'result.recheck': recheckResult,
  'answer.show': showAnswerJob,
  'webhook.process': processWebhook,
  'notification.send': sendNotification,
  'webhook.set-up': setUpWebhookJob,
  'webhook.remove': removeWebhookJob,
  'installation.read': readInstallationJob,
  'cluster.run': runClusterJob,
};
