import { randomUUID } from 'node:crypto';
import { isAppError } from '@/lib/errors';
import type { GitRepository } from '@/lib/git/open-local';
import { startGit } from '@/lib/git/run-git';
import { splitOn } from '@/lib/git/split-on';
import type { CommitDetail } from './commit-record';
import { parseLog, type RawCommit } from './parse-log';

/** `full` without line counts, which need the blobs themselves. */
type Reading = CommitDetail | 'uncounted';

const FIELDS: Record<Reading, string> = {
  brief: '%H%x00%at%x00%ct%x00%an%x00%ae%x00%cn%x00%ce%x00%x00',
  full: '%H%x00%at%x00%ct%x00%an%x00%ae%x00%cn%x00%ce%x00%B%x00',
  uncounted: '%H%x00%at%x00%ct%x00%an%x00%ae%x00%cn%x00%ce%x00%B%x00',
};

const DIFF: Record<Reading, readonly string[]> = {
  brief: ['--raw', '--no-abbrev'],
  full: ['--raw', '--no-abbrev', '--numstat'],
  uncounted: ['--raw', '--no-abbrev'],
};

/** Commits read one by one around missing blobs, before counting lines is given up for the rest. */
const MAX_RETRIES = 20;

const TIMEOUT_MS = 5 * 60_000;
const MAX_OUTPUT_BYTES = 1024 ** 3;

/**
 * Reads the given commits, and no other. A partial clone lacks blobs: commits whose lines cannot be counted are
 * `isUncounted`.
 */
export async function* readCommits(
  repository: GitRepository,
  ids: readonly string[],
  detail: CommitDetail,
  signal?: AbortSignal,
): AsyncGenerator<RawCommit, void> {
  let left = ids;
  for (let retries = 0; left.length > 0; retries += 1) {
    let read = 0;
    try {
      for await (const commit of readOnce(repository, left, detail, signal)) {
        read += 1;
        yield commit;
      }
      return;
    } catch (error) {
      if (detail === 'brief' || !isAppError(error) || error.code !== 'repository_corrupt') throw error;
      const end = retries < MAX_RETRIES ? read + 1 : left.length;
      for await (const commit of readOnce(repository, left.slice(read, end), 'uncounted', signal)) {
        yield { ...commit, isUncounted: true };
      }
      left = left.slice(end);
    }
  }
}

async function* readOnce(
  repository: GitRepository,
  ids: readonly string[],
  detail: Reading,
  signal?: AbortSignal,
): AsyncGenerator<RawCommit, void> {
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
