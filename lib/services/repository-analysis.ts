import type { z } from 'zod';
import { AppError } from '@/lib/errors';
import { countCommits } from '@/lib/git/count-commits';
import type { GitRepository } from '@/lib/git/open-local';
import { listTree, resolveCommit, type TreeEntry } from '@/lib/git/read-tree';
import { remoteHead } from '@/lib/git/remote-head';
import type { GitAccess } from '@/lib/git/remote-options';
import type { RepositoryUrl } from '@/lib/git/repository-url';
import { extensionOf, isSourcePath, languageOfPath } from '@/lib/magics/paths';
import type { InitialAnalysis } from '@/lib/schemas/projects';
import { addressRules } from './address-rules';
import { openLocalRepository } from './local-repositories';

export type Analysis = z.infer<typeof InitialAnalysis>;

const TIERS = [
  ['micro', 2 * 1024 ** 2],
  ['small', 25 * 1024 ** 2],
  ['medium', 150 * 1024 ** 2],
  ['large', 1024 ** 3],
] as const;
/** Fewer source files and fewer commits than these are a beginning. */
const YOUNG_FILES = 40;
const YOUNG_COMMITS = 200;
const MAX_LANGUAGES = 6;
const EXECUTABLE = '100755';
const LICENCE = /^(?:licen[cs]e|copying|unlicense)(?:[.-][^/]*)?$/i;

/** Asks the repository what it has. Throws the exact `repository_…` reason when it cannot be read. */
export async function analyseRepository(
  url: RepositoryUrl,
  branch: string | undefined,
  signal: AbortSignal,
  access: GitAccess = {},
): Promise<Analysis> {
  const local = url.kind === 'local' ? await openLocalRepository(url.url, signal) : null;
  const head = await remoteHead({ url, rules: addressRules(), ...access }, { signal });
  // What is damaged is not listed: the repository itself tells it from what is not there.
  const resolved = (ref: string) => (local ? resolveCommit(local, ref, signal) : null);
  if (head.isEmpty) {
    await resolved('HEAD');
    throw new AppError('repository_empty', 'the repository has no commit');
  }
  const defaultBranch = branch ?? head.defaultBranch;
  if (!defaultBranch || !head.branches.some(({ name }) => name === defaultBranch)) {
    await resolved(defaultBranch ? `refs/heads/${defaultBranch}` : 'HEAD');
    const named = branch ? `there is no branch called ${JSON.stringify(branch)}` : 'the repository has no branch';
    throw new AppError('repository_no_such_branch', named);
  }
  const known = local ? await readBranch(local, defaultBranch, signal) : null;
  const tree = known?.tree ?? null;
  const sizeBytes = tree?.reduce((sum, { sizeBytes: size }) => sum + size, 0) ?? null;
  return {
    defaultBranch,
    branches: head.branches.length,
    stack: tree ? stackOf(tree) : [],
    sizeBytes,
    tier: tierOf(sizeBytes),
    recommendedPolicy: recommendPolicy(known),
  };
}

/** What a recommendation goes by. */
export interface KnownBranch {
  tree: readonly Pick<TreeEntry, 'path' | 'mode'>[];
  /** Counted no further than where a code base stops being young. */
  commits: number;
}

async function readBranch(repository: GitRepository, branch: string, signal: AbortSignal) {
  const commit = await resolveCommit(repository, `refs/heads/${branch}`, signal);
  const [tree, commits] = await Promise.all([
    listTree(repository, commit, signal),
    countCommits(repository, commit, YOUNG_COMMITS, signal),
  ]);
  return { tree, commits };
}

/** Share of source bytes by language, largest first. */
export function stackOf(tree: readonly Pick<TreeEntry, 'path' | 'sizeBytes'>[]): Analysis['stack'] {
  const bytes = new Map<string, number>();
  for (const { path, sizeBytes } of tree) {
    const language = isSourcePath(path) ? languageOfPath(path) : null;
    if (language) bytes.set(language, (bytes.get(language) ?? 0) + sizeBytes);
  }
  const total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
  return [...bytes]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, MAX_LANGUAGES)
    .map(([language, size]) => ({ language, share: Math.round((size / Math.max(1, total)) * 1000) / 1000 }));
}

/** Resource tier by size; what is not known yet counts as small. */
export function tierOf(sizeBytes: number | null): Analysis['tier'] {
  if (sizeBytes === null) return 'small';
  return TIERS.find(([, limit]) => sizeBytes < limit)?.[0] ?? 'xlarge';
}

/** Nothing known gives the usual choice. */
export function recommendPolicy(known: KnownBranch | null): Analysis['recommendedPolicy'] {
  if (!known) return { preset: 'default', strictness: 0.8, reason: { id: 'policy_unknown', data: {} } };
  const files = known.tree.filter(isSource).length;
  if (files < YOUNG_FILES && known.commits < YOUNG_COMMITS) {
    const { commits } = known;
    return { preset: 'startup', strictness: 0.7, reason: { id: 'policy_young', data: { files, commits } } };
  }
  const licence = known.tree.find(({ path }) => LICENCE.test(path));
  if (licence) {
    return {
      preset: 'open-source',
      strictness: 0.85,
      reason: { id: 'policy_open_source', data: { path: licence.path } },
    };
  }
  return { preset: 'default', strictness: 0.8, reason: { id: 'policy_default', data: { files } } };
}

/** Programs without an extension are told by their mode: the tree does not hold their first line. */
function isSource({ path, mode }: Pick<TreeEntry, 'path' | 'mode'>): boolean {
  return isSourcePath(path) || (mode === EXECUTABLE && extensionOf(path) === '');
}
