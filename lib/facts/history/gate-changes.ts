import { isAppError } from '@/lib/errors';
import type { GitRepository } from '@/lib/git/open-local';
import type { TreeEntry } from '@/lib/git/read-tree';
import { startGit } from '@/lib/git/run-git';
import type { GateChangeFact } from '@/lib/magics/facts';
import { nameOf } from '../project/project-text';
import { isTestSettingsPath } from '../project/test-settings';
import { type Threshold, thresholdsOnLine } from '../project/test-settings/thresholds';

const MAX_PATHS = 100;
const MAX_CHANGES = 200;
const MAX_OUTPUT_BYTES = 64 * 1024 ** 2;
const TIMEOUT_MS = 60_000;
const MAX_LINE = 500;
const COMMIT = /^\0([0-9a-f]{40,64})$/;

/** Commits of the window that changed how much coverage is asked for, newest first; null when the blobs are not there. */
export async function readGateChanges(
  repository: GitRepository,
  commit: string,
  tree: readonly TreeEntry[],
  isInWindow: (id: string) => boolean,
  signal?: AbortSignal,
): Promise<GateChangeFact[] | null> {
  const paths = tree
    .filter(({ path, mode }) => mode.startsWith('100') && isTestSettingsPath(path))
    .map(({ path }) => path)
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
    .slice(0, MAX_PATHS);
  if (paths.length === 0) return [];
  const git = startGit(
    [
      'log',
      '--format=%x00%H',
      '--patch',
      '--unified=0',
      '--no-renames',
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
      '--no-notes',
      '--diff-merges=off',
      '--max-count=2000',
      commit,
      '--',
      ...paths,
    ],
    { gitDir: repository.gitDir, signal, timeoutMs: TIMEOUT_MS, maxOutputBytes: MAX_OUTPUT_BYTES },
  );
  git.stdin.end();
  try {
    return await changesIn(git.stdout, isInWindow);
  } catch (error) {
    const isMissing = isAppError(error) && ['repository_corrupt', 'repository_too_large'].includes(error.code);
    if (!isMissing) throw error;
    return null;
  }
}

async function changesIn(
  output: AsyncIterable<Buffer>,
  isInWindow: (id: string) => boolean,
): Promise<GateChangeFact[]> {
  const changes: GateChangeFact[] = [];
  let id = '';
  let path = '';
  let before: Threshold[] = [];
  let after: Threshold[] = [];
  const settle = (): void => {
    if (before.length > 0 && isInWindow(id) && changes.length < MAX_CHANGES) {
      changes.push(...pair(id, path, before, after));
    }
    before = [];
    after = [];
  };
  for await (const line of linesOf(output)) {
    const commit = COMMIT.exec(line)?.[1];
    if (commit || line.startsWith('diff --git ')) {
      settle();
      if (commit) id = commit;
    } else if (line.startsWith('--- a/')) path = line.slice(6);
    else if (line.startsWith('-') || line.startsWith('+')) {
      const side = line.startsWith('-') ? before : after;
      side.push(...thresholdsOnLine(nameOf(path), line.slice(1), true));
    }
  }
  settle();
  return changes;
}

/** The first threshold of a key before against the first of that key after, and so on. */
function pair(
  commitId: string,
  path: string,
  before: readonly Threshold[],
  after: readonly Threshold[],
): GateChangeFact[] {
  const left = [...after];
  return before.flatMap(({ key, value }) => {
    const at = left.findIndex((one) => one.key === key);
    const [next] = at < 0 ? [] : left.splice(at, 1);
    if (value === null || next?.value === value) return [];
    return [{ commitId, path, before: value, after: next?.value ?? null }];
  });
}

async function* linesOf(output: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of output) {
    const parts = (rest + chunk.toString('latin1')).split('\n');
    rest = (parts.pop() ?? '').slice(0, MAX_LINE);
    for (const part of parts) yield part.slice(0, MAX_LINE);
  }
  if (rest !== '') yield rest;
}
