import type { JobHandlers } from './job-handler';
import { collect } from './jobs/collect';
import { history } from './jobs/history';
import { judge } from './jobs/judge';
import { prepare } from './jobs/prepare';
import { settle } from './jobs/settle';

export const handlers: JobHandlers = {
  'audit.prepare': prepare,
  'audit.collect': collect,
  'audit.history': history,
  'audit.judge': judge,
  'audit.settle': settle,
};
