import { AppError } from '@/lib/errors';

/** What this host, or this release of it, has no API for. */
export function untold(what: string): AppError {
  return new AppError('provider_refused', `the host does not tell of ${what}`, { details: { problem: 'untold' } });
}
