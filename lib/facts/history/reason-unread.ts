import { type AppError, isAppError } from '@/lib/errors';

const REASONS: Partial<Record<AppError['code'], string>> = {
  repository_corrupt: 'corrupt',
  repository_no_such_branch: 'corrupt',
  repository_timeout: 'timeout',
  repository_too_large: 'too-large',
  repository_unreadable: 'corrupt',
};

/** Why history could not be read; other errors are thrown on: they are no word about the repository. */
export function reasonUnread(error: unknown): string {
  const reason = isAppError(error) ? REASONS[error.code] : undefined;
  if (!reason) throw error;
  return reason;
}
