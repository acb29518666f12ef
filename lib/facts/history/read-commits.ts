import { randomUUID } from 'node:crypto';
import type { GitRepository } from '@/lib/git/open-local';
import { startGit } from '@/lib/git/run-git';
import { splitOn } from '@/lib/git/split-on';
import type { CommitDetail } from './commit-record';
import { parseLog, type RawCommit } from './parse-log';

const FIELDS: Record<CommitDetail, string> = {
  brief: '%H%x00%at%x00%ct%x00%an%x00%ae%x00%cn%x00%ce%x00%x00',
  full: '%H%x00%at%x00%ct%x00%an%x00%ae%x00%cn%x00%ce%x00%B%x00',
};

const DIFF: Record<CommitDetail, readonly string[]> = {
  brief: ['--raw', '--no-abbrev'],
  full: ['--raw', '--no-abbrev', '--numstat'],
};

const TIMEOUT_MS = 5 * 60_000;
const MAX_OUTPUT_BYTES = 1024 ** 3;

/** Reads the given commits, and no other, from one Git process. */
export async function* readCommits(
  repository: GitRepository,
  ids: readonly string[],
  detail: CommitDetail,
  signal?: AbortSignal,
): AsyncGenerator<RawCommit, void> {
  if (ids.length === 0) return;
  // A value the repository cannot know, so no path or message is taken for the start of a commit.
  const mark = `commit-${randomUUID()}`;
  const git = startGit(
    [
      'log',
      '-z',
      '--no-walk=unsorted',
      '--stdin',
      ...DIFF[detail],
      '--no-renames',
      '--diff-merges=off',
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
      '--no-notes',
      '--no-decorate',
      `--format=tformat:${mark}%x00${FIELDS[detail]}`,
    ],
    { gitDir: repository.gitDir, signal, timeoutMs: TIMEOUT_MS, maxOutputBytes: MAX_OUTPUT_BYTES },
  );
  git.stdin.end(`${ids.join('\n')}\n`);
  yield* parseLog(splitOn('\0', git.stdout), mark);
}
