import * as z from 'zod';
import { FinalJobError, PostponedJobError, type QueuedJob } from './backend';
import { JOBS, type JobName } from './catalog';

/** What no newer worker took for so long is of a release that is gone. */
const LEFT_ALONE_MS = 24 * 3_600_000;

/** Payloads of the first version do not say so. */
const Versioned = z.object({ version: z.int().positive().default(1) });

/**
 * Leaves jobs of a newer release to its workers while old and new ones run at once, as in an upgrade. Throws
 * `PostponedJobError`, or `FinalJobError` when nobody took it for a day.
 */
export function assertReadable(
  { name, data, addedAt }: Pick<QueuedJob, 'name' | 'data' | 'addedAt'>,
  now = new Date(),
): void {
  const { version } = Versioned.catch({ version: 1 }).parse(data);
  if (isKnown(name) && version <= JOBS[name].version) return;
  const what = `${name} in version ${version} is of another release`;
  if (now.getTime() - addedAt.getTime() > LEFT_ALONE_MS) throw new FinalJobError(what);
  throw new PostponedJobError(what);
}

function isKnown(name: string): name is JobName {
  return Object.hasOwn(JOBS, name);
}
