import type { GitRepository } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import type { CommitFact, SettingChangeFact } from '@/lib/magics/facts';
import { compareText } from '@/lib/magics/hash';
import { readCommits } from './read-commits';
import { isSettingPath, type Setting, settingsOf } from './settings';

/** Newest commits whose settings are compared. */
const MAX_COMMITS = 300;
const MAX_BYTES = 256 * 1024;
const NO_BLOB = /^0*$/;

interface Version {
  commit: CommitFact;
  path: string;
  before: string;
  after: string;
}

/** What commits did to the limits of checks: by commit, newest first, then by path and setting. */
export async function readSettingChanges(
  repository: GitRepository,
  commits: readonly CommitFact[],
  signal?: AbortSignal,
): Promise<SettingChangeFact[]> {
  const touched = commits
    .filter(({ parents, files }) => parents.length < 2 && files.some(isChangedSetting))
    .slice(0, MAX_COMMITS);
  const versions = await versionsOf(repository, touched, signal);
  const settings = await readSettings(repository, versions, signal);
  return versions.flatMap(({ commit, path, before, after }) => {
    const was = settings.get(keyOf(before, path));
    const is = settings.get(keyOf(after, path));
    return was && is ? compare(commit, path, was, is) : [];
  });
}

const isChangedSetting = ({ path, status }: { path: string; status: string }) => status === 'M' && isSettingPath(path);
const keyOf = (blobId: string, path: string) => `${blobId} ${path}`;

async function versionsOf(
  repository: GitRepository,
  commits: readonly CommitFact[],
  signal: AbortSignal | undefined,
): Promise<Version[]> {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const found = new Map<string, Version[]>();
  for await (const { id, record, blobs } of readCommits(repository, [...byId.keys()], 'brief', signal)) {
    const commit = byId.get(id);
    if (!commit) continue;
    const versions = record.files.flatMap(([status, path], at): Version[] => {
      const [before = '', after = ''] = blobs[at] ?? [];
      const isWhole = !NO_BLOB.test(before) && !NO_BLOB.test(after);
      return isWhole && isChangedSetting({ path, status }) ? [{ commit, path, before, after }] : [];
    });
    found.set(id, versions);
  }
  return commits.flatMap(({ id }) => [...(found.get(id) ?? [])].sort((a, b) => compareText(a.path, b.path)));
}

async function readSettings(
  repository: GitRepository,
  versions: readonly Version[],
  signal: AbortSignal | undefined,
): Promise<Map<string, ReadonlyMap<string, Setting>>> {
  const paths = new Map<string, Set<string>>();
  for (const { path, before, after } of versions) {
    for (const blobId of [before, after]) paths.set(blobId, (paths.get(blobId) ?? new Set()).add(path));
  }
  const settings = new Map<string, ReadonlyMap<string, Setting>>();
  for await (const { blobId, bytes } of readBlobs(repository, [...paths.keys()], signal, MAX_BYTES)) {
    const text = bytes?.toString('utf8');
    if (text === undefined) continue;
    for (const path of paths.get(blobId) ?? []) settings.set(keyOf(blobId, path), settingsOf(path, text));
  }
  return settings;
}

function compare(
  { id, isBot }: CommitFact,
  path: string,
  was: ReadonlyMap<string, Setting>,
  is: ReadonlyMap<string, Setting>,
): SettingChangeFact[] {
  const names = [...was.keys()].filter((name) => is.has(name)).sort(compareText);
  return names.flatMap((name) => {
    const [before, after] = [was.get(name), is.get(name)];
    if (!before || !after || before.value === after.value) return [];
    const isWeaker = before.stricter === 'higher' ? after.value < before.value : after.value > before.value;
    const { kind } = before;
    return [{ commitId: id, path, setting: name, kind, before: before.value, after: after.value, isWeaker, isBot }];
  });
}
