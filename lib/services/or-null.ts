import { isAppError } from '@/lib/errors';

/** What was asked for, or null when it does not exist for the asker: a page then answers "not found". */
export async function orNull<Found>(loading: Promise<Found>): Promise<Found | null> {
  try {
    return await loading;
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return null;
    throw error;
  }
}
