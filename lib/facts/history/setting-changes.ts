import type { GitRepository } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import type { CommitFact, SettingChangeFact } from '@/lib/magics/facts/history';
import { compareText } from '@/lib/magics/hash';
import { isNoBlob, type ReadChangedBlobs } from './commit-blobs';
import { isSettingPath, type Setting, settingsOf } from './settings';

/** Newest commits whose settings are compared. */
const MAX_COMMITS = 300;
const MAX_BYTES = 256 * 1024;

interface Request {
  repository: GitRepository;
  readChanges: ReadChangedBlobs;
  signal?: AbortSignal;
}

interface Version {
  commit: CommitFact;
  path: string;
  before: string;
  after: string;
}

/** What commits did to the limits of checks: by commit, newest first, then by path and setting. */
export async function readSettingChanges(
  { repository, readChanges, signal }: Request,
  commits: readonly CommitFact[],
): Promise<SettingChangeFact[]> {
  const touched = commits
    .filter(({ parents, files }) => parents.length < 2 && files.some(isChangedSetting))
    .slice(0, MAX_COMMITS);
  const versions = await versionsOf(readChanges, touched);
  const settings = await readSettings(repository, versions, signal);
  return versions.flatMap(({ commit, path, before, after }) => {
    const was = settings.get(keyOf(before, path));
    const is = settings.get(keyOf(after, path));
    return was && is ? compare(commit, path, was, is) : [];
  });
}

const isChangedSetting = ({ path, status }: { path: string; status: string }) => status === 'M' && isSettingPath(path);
const keyOf = (blobId: string, path: string) => `${blobId} ${path}`;

async function versionsOf(readChanges: ReadChangedBlobs, commits: readonly CommitFact[]): Promise<Version[]> {
  const changes = await readChanges(commits.map(({ id }) => id));
  return commits.flatMap((commit) =>
    (changes.get(commit.id) ?? [])
      .filter((change) => !isNoBlob(change.before) && !isNoBlob(change.after) && isChangedSetting(change))
      .map(({ path, before, after }): Version => ({ commit, path, before, after }))
      .sort((a, b) => compareText(a.path, b.path)),
  );
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
