import { type ErrorCode, isAppError } from '@/lib/errors';

/**
 * What was asked for, or null when it does not exist for the asker: a page then answers "not found". Others name the
 * refusals for which they have an answer.
 */
export async function orNull<Found>(
  loading: Promise<Found>,
  codes: readonly ErrorCode[] = ['not_found'],
): Promise<Found | null> {
  try {
    return await loading;
  } catch (error) {
    if (isAppError(error) && codes.includes(error.code)) return null;
    throw error;
  }
}
