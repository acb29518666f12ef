import { AppError } from '@/lib/errors';
import type { GitRepository } from './open-local';
import { isCommitId } from './read-tree';
import { toSeconds } from './refs';
import { runGit } from './run-git';

export interface BlameLine {
  line: number;
  commit: string;
  authorName: string;
  authorEmail: string;
  authoredAt: number;
  subject: string;
}

const MAX_LINES = 200;
const COMMIT_LINE = /^([0-9a-f]{40,64}) \d+ (\d+)/;

/** Who last changed each of some lines; at most 200 lines, within the time given. */
export async function blame(
  repository: GitRepository,
  request: { commit: string; path: string; startLine: number; endLine: number },
  { signal, timeoutMs = 10_000 }: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<BlameLine[]> {
  if (!isCommitId(request.commit)) throw new AppError('repository_no_such_branch', 'blame takes a full commit id');
  const start = Math.max(1, Math.trunc(request.startLine));
  const end = Math.min(Math.max(start, Math.trunc(request.endLine)), start + MAX_LINES - 1);
  const range = `-L${start},${end}`;
  // The repository's own attributes may name programs: blame runs them unless told not to.
  const flags = ['--line-porcelain', '--no-progress', '--no-textconv'];
  const args = ['blame', ...flags, range, request.commit, '--', request.path];
  const output = await runGit(args, { gitDir: repository.gitDir, signal, timeoutMs, maxOutputBytes: 8 * 1024 ** 2 });
  return parseBlame(output.toString('utf8'));
}

export function parseBlame(output: string): BlameLine[] {
  const lines: BlameLine[] = [];
  let current: BlameLine | null = null;
  for (const text of output.split('\n')) {
    if (text.startsWith('\t')) {
      if (current) lines.push(current);
      current = null;
      continue;
    }
    const [, commit, line] = COMMIT_LINE.exec(text) ?? [];
    if (current === null) {
      if (commit && line) {
        current = { line: Number(line), commit, authorName: '', authorEmail: '', authoredAt: 0, subject: '' };
      }
      continue;
    }
    const space = text.indexOf(' ');
    const value = space < 0 ? '' : text.slice(space + 1);
    switch (space < 0 ? text : text.slice(0, space)) {
      case 'author':
        current.authorName = value;
        break;
      case 'author-mail':
        current.authorEmail = value.replace(/^<|>$/g, '').toLowerCase();
        break;
      case 'author-time':
        current.authoredAt = toSeconds(value);
        break;
      case 'summary':
        current.subject = value;
        break;
    }
  }
  return lines;
}
