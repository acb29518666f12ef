import type { AdvisoriesFact, AdvisoryMatchFact, DependencyFact } from '@/lib/magics/facts/project';
import { compareText } from '@/lib/magics/hash';
import type { AdvisoryData, AdvisoryEntry, OsvEcosystem, Span } from './advisory-data';
import { ratingOf } from './cvss';
import { compareVersions } from './versions/compare-versions';

const ECOSYSTEMS: Readonly<Record<DependencyFact['ecosystem'], OsvEcosystem>> = {
  npm: 'npm',
  python: 'PyPI',
  go: 'Go',
  cargo: 'crates.io',
  maven: 'Maven',
  gradle: 'Maven',
  composer: 'Packagist',
  bundler: 'RubyGems',
  nuget: 'NuGet',
};

const MAX_MATCHES = 20_000;

/** Entries by package, made once for data that many audits share. */
const indexes = new WeakMap<AdvisoryData, ReadonlyMap<string, readonly AdvisoryEntry[]>>();

/** Which dependencies have a known vulnerability. Pure. */
export function matchAdvisories(dependencies: readonly DependencyFact[], data: AdvisoryData): AdvisoriesFact {
  const index = indexOf(data);
  const matches = dependencies.flatMap((dependency) => {
    const ecosystem = ECOSYSTEMS[dependency.ecosystem];
    const hits = (index.get(keyOf(ecosystem, dependency.name)) ?? []).flatMap((entry) => {
      const hit = hitOf(entry, dependency.version);
      return hit ? [{ entry, fixedIn: hit.fixedIn }] : [];
    });
    if (hits.length === 0) return [];
    const vulnerabilities = oneEach(hits);
    const upgradeTo = highestOf(
      vulnerabilities.flatMap(({ fixedIn }) => fixedIn ?? []),
      ecosystem,
    );
    return vulnerabilities.map((hit) => ({ ...toMatch(dependency, hit), upgradeTo }));
  });
  return { date: data.date, source: data.source, matches: matches.sort(byPlace).slice(0, MAX_MATCHES) };
}

function indexOf(data: AdvisoryData): ReadonlyMap<string, readonly AdvisoryEntry[]> {
  const known = indexes.get(data);
  if (known) return known;
  const index = new Map<string, AdvisoryEntry[]>();
  for (const entry of data.entries) {
    const key = keyOf(entry.ecosystem, entry.name);
    const list = index.get(key);
    if (list) list.push(entry);
    else index.set(key, [entry]);
  }
  indexes.set(data, index);
  return index;
}

/** Names as each registry compares them. */
function keyOf(ecosystem: OsvEcosystem, name: string): string {
  if (ecosystem === 'PyPI') return `${ecosystem} ${name.toLowerCase().replace(/[-_.]+/g, '-')}`;
  return `${ecosystem} ${ecosystem === 'Packagist' || ecosystem === 'NuGet' ? name.toLowerCase() : name}`;
}

interface Hit {
  entry: AdvisoryEntry;
  fixedIn: string | null;
}

/** A version that cannot be compared is only affected where it is listed. */
function hitOf({ ecosystem, spans, versions }: AdvisoryEntry, stated: string): { fixedIn: string | null } | null {
  const version = ecosystem === 'Go' ? stated.replace(/^v|\+incompatible$/g, '') : stated;
  const compare = (other: string) => compareVersions(ecosystem, version, other);
  const span = spans.find((one) => isWithin(one, compare));
  if (!span && !versions.includes(version)) return null;
  if (span?.fixed !== undefined) return { fixedIn: span.fixed };
  return { fixedIn: lowestAbove(ecosystem, spans, compare) };
}

function isWithin({ introduced, fixed, lastAffected }: Span, compare: (other: string) => number | null): boolean {
  const isFrom = introduced === '0' || isAtLeast(compare(introduced));
  if (!isFrom) return false;
  if (fixed !== undefined) return isBelow(compare(fixed));
  if (lastAffected !== undefined) {
    const order = compare(lastAffected);
    return order !== null && order <= 0;
  }
  return true;
}

const isAtLeast = (order: number | null) => order !== null && order >= 0;
const isBelow = (order: number | null) => order !== null && order < 0;

function lowestAbove(
  ecosystem: OsvEcosystem,
  spans: readonly Span[],
  compare: (other: string) => number | null,
): string | null {
  const later = spans.flatMap(({ fixed }) => (fixed !== undefined && isBelow(compare(fixed)) ? [fixed] : []));
  return later.sort((a, b) => compareVersions(ecosystem, a, b) ?? 0)[0] ?? null;
}

/** Several databases tell of one vulnerability: aliases say which. The one with a score speaks for them. */
function oneEach(hits: readonly Hit[]): Hit[] {
  const groups: { names: Set<string>; hits: Hit[] }[] = [];
  for (const hit of hits) {
    const names = [hit.entry.id, ...hit.entry.aliases];
    const same = groups.filter((group) => names.some((name) => group.names.has(name)));
    const merged = { names: new Set(names), hits: [hit] };
    for (const group of same) {
      for (const name of group.names) merged.names.add(name);
      merged.hits.push(...group.hits);
      groups.splice(groups.indexOf(group), 1);
    }
    groups.push(merged);
  }
  return groups.flatMap(({ names, hits: alike }) => {
    const [best] = [...alike].sort(byWorth);
    if (!best) return [];
    const { entry } = best;
    const aliases = [...names].filter((name) => name !== entry.id).sort(compareText);
    const fixedIn = best.fixedIn ?? alike.find((hit) => hit.fixedIn !== null)?.fixedIn ?? null;
    return [{ entry: { ...entry, aliases }, fixedIn }];
  });
}

function byWorth(a: Hit, b: Hit): number {
  const worth = ({ entry }: Hit) =>
    (entry.score === null ? 0 : 4) + (entry.severity === null ? 0 : 2) + (entry.id.startsWith('GHSA-') ? 1 : 0);
  return worth(b) - worth(a) || compareText(a.entry.id, b.entry.id);
}

function highestOf(versions: readonly string[], ecosystem: OsvEcosystem): string | null {
  return [...versions].sort((a, b) => compareVersions(ecosystem, b, a) ?? 0)[0] ?? null;
}

function toMatch(dependency: DependencyFact, { entry, fixedIn }: Hit): Omit<AdvisoryMatchFact, 'upgradeTo'> {
  const { path, line, ecosystem, name, version, isDirect, isDevelopment } = dependency;
  const { id, aliases, summary, score } = entry;
  const severity = score === null ? (entry.severity ?? 'medium') : ratingOf(score);
  return {
    ...{ path, line, ecosystem, name, version, isDirect, isDevelopment },
    ...{ id, aliases, summary, score, severity, fixedIn },
  };
}

function byPlace(a: AdvisoryMatchFact, b: AdvisoryMatchFact): number {
  return (
    compareText(a.path, b.path) ||
    a.line - b.line ||
    compareText(a.name, b.name) ||
    compareText(a.version, b.version) ||
    compareText(a.id, b.id)
  );
}
