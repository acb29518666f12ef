import { LRUCache } from 'lru-cache';
import { compareText } from '@/lib/magics/hash';
import { type DependencyMap, dependenciesOf } from '@/lib/magics/maps/dependency-map';
import { type DependencyPage, type DependencyView, ECOSYSTEMS } from '@/lib/schemas/dependencies';
import { findMapSource, loadMap } from './audit-maps';

/** All that an audit read, the most urgent first. Shared: not to be changed. */
interface ListedDependencies
  extends Readonly<Pick<DependencyPage, 'summary' | 'lockFiles' | 'unlocked' | 'advisories'>> {
  source: NonNullable<DependencyPage['source']>;
  rows: readonly DependencyView[];
}

const RANKS = ['critical', 'high', 'medium', 'low'] as const;
/** Some hundred bytes each. */
const KEPT_ROWS = 100_000;

/** By audit, whose map never changes: each page and each word of a search asks for all of it. */
const kept = new LRUCache<string, ListedDependencies>({
  maxSize: KEPT_ROWS,
  sizeCalculation: ({ rows }) => rows.length + 1,
});

/** Of the newest audit of the branch that read dependencies; null without one. */
export async function findDependencies(projectId: string, branch: string): Promise<ListedDependencies | null> {
  const newest = await findMapSource(projectId, branch, 'dependencies');
  if (!newest) return null;
  const known = kept.get(newest.auditId);
  if (known) return known;
  // A newer audit may have taken the place of it since.
  const map = await loadMap<DependencyMap>(projectId, branch, 'dependencies');
  if (!map) return null;
  const { value, ...source } = map;
  const listed = { source, ...listedOf(value) };
  kept.set(source.auditId, listed);
  return listed;
}

export function isVulnerable({ advisories }: DependencyView): boolean {
  return advisories !== null && advisories.length > 0;
}

function listedOf(map: DependencyMap): Omit<ListedDependencies, 'source'> {
  const { advisories, lockFiles, unlocked } = map;
  const rows = viewsOf(map).sort(byWorth);
  return {
    summary: summaryOf(rows, advisories !== null),
    lockFiles,
    unlocked,
    advisories: advisories && { date: advisories.date, source: advisories.source, leftOut: advisories.leftOut },
    rows,
  };
}

function viewsOf(map: DependencyMap): DependencyView[] {
  const { advisories } = map;
  const byRow = new Map<number, NonNullable<typeof advisories>['rows']>();
  for (const advisory of advisories?.rows ?? []) {
    const known = byRow.get(advisory.row);
    if (known) known.push(advisory);
    else byRow.set(advisory.row, [advisory]);
  }
  return dependenciesOf(map).map((row, place) => {
    const found = byRow.get(place) ?? [];
    return {
      ...row,
      advisories: advisories && found.map(({ row: _, upgradeTo: __, ...advisory }) => advisory),
      upgradeTo: found[0]?.upgradeTo ?? null,
    };
  });
}

function summaryOf(all: readonly DependencyView[], hasAdvisories: boolean): DependencyPage['summary'] {
  const isDirect = (row: DependencyView) => row.isDirect;
  return {
    packages: all.length,
    direct: all.filter(isDirect).length,
    vulnerable: hasAdvisories ? all.filter(isVulnerable).length : null,
    ecosystems: ECOSYSTEMS.flatMap((ecosystem) => {
      const own = all.filter((row) => row.ecosystem === ecosystem);
      return own.length === 0 ? [] : [{ ecosystem, packages: own.length, direct: own.filter(isDirect).length }];
    }).sort((a, b) => b.packages - a.packages),
  };
}

function byWorth(a: DependencyView, b: DependencyView): number {
  return (
    rankOf(a) - rankOf(b) ||
    compareText(a.ecosystem, b.ecosystem) ||
    compareText(a.name, b.name) ||
    compareText(a.version, b.version) ||
    compareText(a.path, b.path)
  );
}

function rankOf({ advisories }: DependencyView): number {
  const worst = advisories?.[0];
  return worst ? RANKS.indexOf(worst.severity) : RANKS.length;
}
