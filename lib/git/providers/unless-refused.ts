import { isAppError } from '@/lib/errors';

const NOT_TO_BE_HAD = new Set(['provider_not_found', 'provider_refused', 'provider_scope_missing']);

/** What stands beside the state of a commit: a host that is too old for it, or a token that may not, still shows the state. */
export async function unlessRefused(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!isAppError(error) || !NOT_TO_BE_HAD.has(error.code)) throw error;
  }
}
