import type { Messages } from '@/lib/i18n/messages';
import { isSeen } from '@/lib/magics/hidden-text';
import { LONGEST_NAME } from '@/lib/schemas/teams';

/** What is wrong with a name; null when it is right. */
export function nameProblem(t: Messages, name: string, missing: string): string | null {
  const { length } = name.trim();
  if (length === 0) return missing;
  if (length > LONGEST_NAME) return t.auth.invalid.long(String(LONGEST_NAME));
  return isSeen(name) ? null : t.auth.invalid.hidden;
}
