import { type ErrorCode, isAppError } from '@/lib/errors';

/** A value, or the code of why there is none. */
export async function readCode<Value>(
  running: Promise<Value>,
): Promise<{ value: Value; code: null } | { value: null; code: ErrorCode }> {
  try {
    return { value: await running, code: null };
  } catch (error) {
    if (!isAppError(error) || error.code === 'internal') throw error;
    return { value: null, code: error.code };
  }
}
