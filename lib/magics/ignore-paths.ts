import picomatch from 'picomatch';
import { type FactName, type Facts, type FactTables, PLACED_FACTS } from './facts';
import { totalsOf } from './totals';

/** Tables whose rows lie at a path. History keeps its rows: what happened to an ignored file still happened. */
const PLACED = [
  ...PLACED_FACTS,
  'workflows',
  'manifests',
  'testSettings',
  'checkSettings',
  'coverage',
  'dependencies',
  'lockFiles',
  'runtimes',
  'documents',
  'fileHistory',
  'markerAges',
  'fileRevisions',
] as const satisfies FactName[];

/** The facts without what a team ignores. */
export function withoutIgnoredPaths(facts: Facts, globs: readonly string[]): Facts {
  return globs.length === 0 ? facts : withoutPaths(facts, picomatch([...globs], { dot: true }));
}

/** The facts as if the ignored paths were not there, totals included: no rule reports on or measures them. */
export function withoutPaths(facts: Facts, isIgnored: (path: string) => boolean): Facts {
  const kept = new Map<string, boolean>();
  const isKept = (path: string) => {
    const known = kept.get(path);
    if (known !== undefined) return known;
    const answer = !isIgnored(path);
    kept.set(path, answer);
    return answer;
  };
  const tables = Object.fromEntries(
    PLACED.map((name) => [
      name,
      (facts[name] as { path: string }[] | null)?.filter(({ path }) => isKept(path)) ?? null,
    ]),
  ) as Pick<FactTables, (typeof PLACED)[number]>;
  const clones = facts.clones?.filter(({ first, second }) => isKept(first.path) && isKept(second.path)) ?? null;
  const advisories = facts.advisories && {
    ...facts.advisories,
    matches: facts.advisories.matches.filter(({ path }) => isKept(path)),
  };
  return {
    ...facts,
    ...tables,
    clones,
    advisories,
    newCode: facts.newCode && { ...facts.newCode, files: facts.newCode.files.filter(({ path }) => isKept(path)) },
    pastSecrets: facts.pastSecrets && {
      ...facts.pastSecrets,
      secrets: facts.pastSecrets.secrets.filter(({ path }) => isKept(path)),
    },
    totals: totalsOf(tables.files ?? [], tables.functions ?? [], tables.tests ?? []),
  };
}
