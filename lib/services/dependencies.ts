import * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { AppError } from '@/lib/errors';
import { type DependencyMap, dependenciesOf } from '@/lib/magics/maps/dependency-map';
import { buildCycloneDx } from '@/lib/reports/cyclonedx';
import type { DependencyFilter, DependencyPage, DependencyView } from '@/lib/schemas/dependencies';
import packageJson from '@/package.json' with { type: 'json' };
import { requireAudit, requireProject } from './access';
import { loadMapOf } from './audit-maps';
import { decodeCursor, encodeCursor } from './cursor';
import { findDependencies, isVulnerable } from './listed-dependencies';
import { publicUrlOf } from './public-url';

/** The audit that was listed, and how many of its dependencies were shown: names are too long for a cursor. */
const Place = z.tuple([z.uuid(), z.int().min(0)]);

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
  const found = await findDependencies(projectId, branch);
  if (!found) return NONE;
  const { source, rows, ...listed } = found;
  const [auditId, shown] = after ?? [source.auditId, 0];
  if (auditId !== source.auditId) throw new AppError('gone', 'a newer audit has read the dependencies; list them anew');
  const matching = rows.filter(matcherOf(filter));
  const end = shown + filter.limit;
  return {
    source,
    ...listed,
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
    repositoryUrl: publicUrlOf(project.repositoryUrl),
    toolVersion: packageJson.version,
    dependencies: dependenciesOf(value),
    lockFiles: value.lockFiles,
  });
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
