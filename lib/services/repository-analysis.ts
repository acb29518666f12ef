import type * as z from 'zod';
import { AppError } from '@/lib/errors';
import { countCommits } from '@/lib/git/count-commits';
import type { GitRepository } from '@/lib/git/open-local';
import { resolveCommit, type TreeEntry, walkTree } from '@/lib/git/read-tree';
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
  const sizeBytes = known?.sizeBytes ?? null;
  return {
    defaultBranch,
    branches: head.branches.length,
    stack: known?.stack ?? [],
    sizeBytes,
    tier: tierOf(sizeBytes),
    recommendedPolicy: recommendPolicy(known),
  };
}

/** What a recommendation goes by. */
export interface KnownBranch {
  sourceFiles: number;
  /** Path of the first licence. */
  licence: string | null;
  /** Counted no further than where a code base stops being young. */
  commits: number;
}

type Entry = Pick<TreeEntry, 'path' | 'mode' | 'sizeBytes'>;

async function readBranch(repository: GitRepository, branch: string, signal: AbortSignal) {
  const commit = await resolveCommit(repository, `refs/heads/${branch}`, signal);
  const [tree, commits] = await Promise.all([
    surveyTree(walkTree(repository, commit, signal)),
    countCommits(repository, commit, YOUNG_COMMITS, signal),
  ]);
  return { ...tree, commits };
}

/** Keeps no file of it: the tree of whoever asks may list as many as it likes. */
export async function surveyTree(tree: AsyncIterable<Entry> | Iterable<Entry>) {
  const languages = new Map<string, number>();
  let sizeBytes = 0;
  let sourceFiles = 0;
  let licence: string | null = null;
  for await (const entry of tree) {
    addTo(languages, entry);
    sizeBytes += entry.sizeBytes;
    if (isSource(entry)) sourceFiles += 1;
    if (licence === null && LICENCE.test(entry.path)) licence = entry.path;
  }
  return { stack: sharesOf(languages), sizeBytes, sourceFiles, licence };
}

/** Share of source bytes by language, largest first. */
export function stackOf(tree: readonly Omit<Entry, 'mode'>[]): Analysis['stack'] {
  const bytes = new Map<string, number>();
  for (const entry of tree) addTo(bytes, entry);
  return sharesOf(bytes);
}

function addTo(bytes: Map<string, number>, { path, sizeBytes }: Omit<Entry, 'mode'>): void {
  const language = isSourcePath(path) ? languageOfPath(path) : null;
  if (language) bytes.set(language, (bytes.get(language) ?? 0) + sizeBytes);
}

function sharesOf(bytes: ReadonlyMap<string, number>): Analysis['stack'] {
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
  const { sourceFiles: files, licence, commits } = known;
  if (files < YOUNG_FILES && commits < YOUNG_COMMITS) {
    return { preset: 'startup', strictness: 0.7, reason: { id: 'policy_young', data: { files, commits } } };
  }
  if (licence !== null) {
    return { preset: 'open-source', strictness: 0.85, reason: { id: 'policy_open_source', data: { path: licence } } };
  }
  return { preset: 'default', strictness: 0.8, reason: { id: 'policy_default', data: { files } } };
}

/** Programs without an extension are told by their mode: the tree does not hold their first line. */
function isSource({ path, mode }: Pick<TreeEntry, 'path' | 'mode'>): boolean {
  return isSourcePath(path) || (mode === EXECUTABLE && extensionOf(path) === '');
}
