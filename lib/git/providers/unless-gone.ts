import { isAppError } from '@/lib/errors';

/** What the host no longer knows is no error here. */
export async function unlessGone<Value>(run: () => Promise<Value>): Promise<Value | null> {
  try {
    return await run();
  } catch (error) {
    if (isAppError(error) && error.code === 'provider_not_found') return null;
    throw error;
  }
}
