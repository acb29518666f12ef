import type { Facts } from '../facts';
import type { AdvisoriesFact, AdvisoryMatchFact, DependencyFact, LockFileFact, ManifestFact } from '../facts/project';
import { compareText } from '../hash';

/** Rows name files by their place in `files`: paths are long, and a lock file has thousands of rows. */
interface DependencyRow extends Omit<DependencyFact, 'path' | 'manifest'> {
  file: number;
  manifest: number | null;
}

/** A known vulnerability of the dependency at place `row`. */
interface AdvisoryRow
  extends Pick<AdvisoryMatchFact, 'id' | 'summary' | 'score' | 'severity' | 'fixedIn' | 'upgradeTo'> {
  row: number;
  aliases: string[];
}

/** A manifest of which no file states the versions. */
export type UnlockedManifest = Pick<ManifestFact, 'path' | 'ecosystem'> & { dependencies: number };

export interface DependencyMap {
  /** Committer date of the commit, seconds. */
  now: number;
  files: string[];
  rows: DependencyRow[];
  lockFiles: LockFileFact[];
  unlocked: UnlockedManifest[];
  /** Worst first, at most `MAX_ADVISORIES`; null without advisory data. */
  advisories: { date: string; source: string; rows: AdvisoryRow[]; leftOut: number } | null;
}

const MAX_ADVISORIES = 5000;
const MAX_ALIASES = 5;
const MAX_UNLOCKED = 200;
const ORDER = ['critical', 'high', 'medium', 'low'] as const;

/** What the commit is built from, as its lock files and manifests state it. Null when they were not read. */
export function mapDependencies({ dependencies, lockFiles, manifests, advisories, now }: Facts): DependencyMap | null {
  if (!dependencies || !lockFiles) return null;
  const places = new Map<string, number>();
  const placeOf = (path: string): number => {
    const place = places.get(path) ?? places.size;
    places.set(path, place);
    return place;
  };
  const rows = dependencies.map(
    ({ path, manifest, ...row }): DependencyRow => ({
      ...row,
      file: placeOf(path),
      manifest: manifest === null ? null : placeOf(manifest),
    }),
  );
  const stated = new Set(lockFiles.map(({ path }) => path));
  return {
    now,
    files: [...places.keys()],
    rows,
    lockFiles,
    unlocked: (manifests ?? [])
      .filter((each) => each.dependencies.length > 0 && each.lockFile === null && !stated.has(each.path))
      .slice(0, MAX_UNLOCKED)
      .map(({ path, ecosystem, dependencies: wanted }) => ({ path, ecosystem, dependencies: wanted.length })),
    advisories: advisories && mapAdvisories(dependencies, advisories),
  };
}

/** What advisory data says of dependencies that lie at these places. */
export function mapAdvisories(
  dependencies: readonly DependencyFact[],
  { date, source, matches }: AdvisoriesFact,
): NonNullable<DependencyMap['advisories']> {
  const rowOf = new Map(dependencies.map((row, place) => [identityOf(row), place]));
  const sorted = [...matches].sort(byWeight);
  return {
    date,
    source,
    rows: sorted.slice(0, MAX_ADVISORIES).flatMap((match) => toAdvisoryRow(match, rowOf.get(identityOf(match)))),
    leftOut: Math.max(0, sorted.length - MAX_ADVISORIES),
  };
}

/** The rows as the facts had them. */
export function dependenciesOf({ rows, files }: Pick<DependencyMap, 'rows' | 'files'>): DependencyFact[] {
  return rows.map(({ file, manifest, ...row }) => ({
    ...row,
    path: files[file] ?? '',
    manifest: manifest === null ? null : (files[manifest] ?? null),
  }));
}

function identityOf({
  path,
  ecosystem,
  name,
  version,
}: Pick<DependencyFact, 'path' | 'ecosystem' | 'name' | 'version'>) {
  return `${path}\n${ecosystem}\n${name}\n${version}`;
}

function toAdvisoryRow(match: AdvisoryMatchFact, row: number | undefined): AdvisoryRow[] {
  const { id, aliases, summary, score, severity, fixedIn, upgradeTo } = match;
  if (row === undefined) return [];
  return [{ row, id, aliases: aliases.slice(0, MAX_ALIASES), summary, score, severity, fixedIn, upgradeTo }];
}

function byWeight(a: AdvisoryMatchFact, b: AdvisoryMatchFact): number {
  return (
    ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) ||
    (b.score ?? 0) - (a.score ?? 0) ||
    compareText(identityOf(a), identityOf(b)) ||
    compareText(a.id, b.id)
  );
}
