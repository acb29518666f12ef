import { readInstallation } from '@/lib/services/installations';
import type { LoneJob } from '../job-handler';

/** Brings the connection of an App up to date with its host. What the connection was last known to be stays when that fails. */
export const readInstallationJob: LoneJob<'installation.read'> = {
  run: ({ connectionId }, { signal, log }) => readInstallation(connectionId, signal, log),
  giveUp:
    async (_tx, { connectionId }, { errorCode, log }) =>
    () =>
      log.warn({ connectionId, errorCode }, 'the installation could not be read'),
};
