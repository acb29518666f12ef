import type { Facts } from '../facts';
import type { FileFact } from '../facts/code';
import { compareText } from '../hash';

export type UnreadFile = Pick<FileFact, 'path' | 'role' | 'sizeBytes'> & {
  /** `too-large`, `line-too-long`, `unreadable` or `timeout`. */
  reason: string;
};

export interface UnreadMap {
  /** By reason, of all of them. */
  counts: Record<string, number>;
  /** Production code first, then by path; at most `MAX_FILES`. */
  files: UnreadFile[];
}

const MAX_FILES = 500;
/** No text of the repository’s own. */
const NO_TEXT: readonly string[] = ['binary', 'symlink', 'submodule'];

/** Text files that no rule could look into, so that their silence is not taken for a pass. Null when no file was read. */
export function mapUnread({ files }: Facts): UnreadMap | null {
  if (!files) return null;
  const unread = files.flatMap(({ path, role, sizeBytes, skipped }): UnreadFile[] =>
    skipped === null || NO_TEXT.includes(skipped) ? [] : [{ path, role, sizeBytes, reason: skipped }],
  );
  const counts: Record<string, number> = {};
  for (const { reason } of unread) counts[reason] = (counts[reason] ?? 0) + 1;
  const rank = ({ role }: UnreadFile) => (role === 'production' ? 0 : 1);
  unread.sort((a, b) => rank(a) - rank(b) || compareText(a.path, b.path));
  return { counts, files: unread.slice(0, MAX_FILES) };
}
