import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { AppError } from '@/lib/errors';
import { compareText } from '@/lib/magics/hash';
import { type DependencyMap, dependenciesOf } from '@/lib/magics/maps/dependency-map';
import { buildCycloneDx } from '@/lib/reports/cyclonedx';
import {
  type DependencyFilter,
  type DependencyPage,
  type DependencyView,
  ECOSYSTEMS,
} from '@/lib/schemas/dependencies';
import packageJson from '@/package.json' with { type: 'json' };
import { requireAudit, requireProject } from './access';
import { loadMap, loadMapOf } from './audit-maps';
import { decodeCursor, encodeCursor } from './cursor';

/** The audit that was listed, and how many of its dependencies were shown: names are too long for a cursor. */
const Place = z.tuple([z.uuid(), z.int().min(0)]);

const RANKS = ['critical', 'high', 'medium', 'low'] as const;

const NONE: DependencyPage = {
  source: null,
  summary: { packages: 0, direct: 0, vulnerable: null, ecosystems: [] },
  lockFiles: [],
  unlocked: [],
  advisories: null,
  items: [],
  total: 0,
  nextCursor: null,
};

/**
 * What the project is built from, as the newest audit of its branch read it. Throws `gone` for a cursor of the list of an
 * older audit.
 */
export async function listDependencies(
  ctx: Context,
  projectId: string,
  filter: DependencyFilter,
): Promise<DependencyPage> {
  const { branch } = await requireProject(ctx, projectId, 'project.read');
  const after = decodeCursor(filter.cursor, Place);
  const map = await loadMap<DependencyMap>(projectId, branch, 'dependencies');
  if (!map) return NONE;
  const { value, ...source } = map;
  const [listed, shown] = after ?? [source.auditId, 0];
  if (listed !== source.auditId) throw new AppError('gone', 'a newer audit has read the dependencies; list them anew');
  const all = viewsOf(value).sort(byWorth);
  const matching = all.filter(matcherOf(filter));
  const end = shown + filter.limit;
  const { advisories, lockFiles, unlocked } = value;
  return {
    source,
    summary: summaryOf(all, advisories !== null),
    lockFiles,
    unlocked,
    advisories: advisories && { date: advisories.date, source: advisories.source, leftOut: advisories.leftOut },
    items: matching.slice(shown, end),
    total: matching.length,
    nextCursor: matching.length > end ? encodeCursor([source.auditId, end]) : null,
  };
}

/** The CycloneDX bill of materials of an audit's commit. `gone` when a newer audit has taken the place of what it read. */
export async function getAuditSbom(ctx: Context, auditId: string) {
  const { commitId, branch, project } = await requireAudit(ctx, auditId, 'project.read');
  const { value, isReplaced } = await loadMapOf<DependencyMap>(auditId, 'dependencies');
  if (!value || !commitId) {
    if (isReplaced) throw new AppError('gone', 'a newer audit of the branch has taken the place of its dependencies');
    throw new AppError('not_found', 'the audit has read no dependencies');
  }
  return buildCycloneDx({
    project: project.name,
    commit: commitId,
    branch,
    now: value.now,
    repositoryUrl: isAbsolute(project.repositoryUrl) ? null : project.repositoryUrl,
    toolVersion: packageJson.version,
    dependencies: dependenciesOf(value),
    lockFiles: value.lockFiles,
  });
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

function matcherOf({ ecosystem, kind, search }: DependencyFilter): (view: DependencyView) => boolean {
  const part = search?.toLowerCase() ?? '';
  return (view) => {
    if (ecosystem && view.ecosystem !== ecosystem) return false;
    if (kind === 'vulnerable' && !isVulnerable(view)) return false;
    if (kind === 'direct' && !view.isDirect) return false;
    if (kind === 'transitive' && view.isDirect) return false;
    return view.name.toLowerCase().includes(part);
  };
}

function isVulnerable({ advisories }: DependencyView): boolean {
  return advisories !== null && advisories.length > 0;
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
