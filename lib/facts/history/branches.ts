import type { GitRepository } from '@/lib/git/open-local';
import { toSeconds } from '@/lib/git/refs';
import { startGit } from '@/lib/git/run-git';
import { splitOn } from '@/lib/git/split-on';
import type { BranchFact } from '@/lib/magics/facts';
import { compareText } from '@/lib/magics/hash';
import { maskSecrets } from '../text/secrets';

const MAX_BRANCHES = 20_000;
const FIELDS = ['refname', 'objecttype', 'objectname', 'committerdate:unix', 'symref'];
const REMOTE = 'refs/remotes/origin/';
const LOCAL = 'refs/heads/';

/**
 * The branches of the shared repository, sorted by name: of a clone those it knows of its origin, else its own, so that
 * a mirror and a clone give the same. Null for a clone that knows one branch of its origin, which may have more.
 */
export async function listBranches(
  repository: GitRepository,
  isReachable: (commitId: string) => boolean,
  signal?: AbortSignal,
): Promise<BranchFact[] | null> {
  const format = FIELDS.map((field) => `%(${field})`).join('%00');
  const git = startGit(['for-each-ref', `--count=${MAX_BRANCHES}`, `--format=${format}%00`, REMOTE, LOCAL], {
    gitDir: repository.gitDir,
    signal,
  });
  git.stdin.end();
  const shared: BranchFact[] = [];
  const own: BranchFact[] = [];
  let fields: string[] = [];
  for await (const field of splitOn('\0', git.stdout)) {
    fields.push(fields.length === 0 ? field.replace(/^\n/, '') : field);
    if (fields.length < FIELDS.length) continue;
    const [ref = '', type, commitId = '', at, target = ''] = fields;
    fields = [];
    // `origin/HEAD` is a name for another branch.
    if (type !== 'commit' || target !== '') continue;
    const isShared = ref.startsWith(REMOTE);
    const name = maskSecrets(ref.slice((isShared ? REMOTE : LOCAL).length));
    (isShared ? shared : own).push({ name, commitId, at: toSeconds(at), isMerged: isReachable(commitId) });
  }
  if (shared.length === 1) return null;
  const branches = shared.length > 0 ? shared : own;
  return branches.length === 0 ? null : branches.sort((a, b) => compareText(a.name, b.name));
}
