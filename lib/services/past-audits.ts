import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { canonicalJson } from '@/lib/magics/hash';
import { Policy } from '@/lib/magics/policy';
import { RULE_PACK_VERSION } from '@/lib/magics/registry';
import type { PastAuditsRequest, PastAuditsResponse } from '@/lib/schemas/audits';
import { requireProject } from './access';
import { createAudit, magicsOf } from './audit-creation';
import { pastOf } from './audit-line';
import { recordChange } from './change-log';
import { loadAuditPolicy } from './configuration-layers';
import { lockProjectRow } from './project-lock';

const WEEK_MS = 7 * 24 * 3_600_000;
/** A Monday. */
const EPOCH_MS = Date.UTC(2001, 0, 1);

/**
 * Judges the branch as it stood at the beginning of each of the last weeks, by today's rules and policy, oldest first and
 * after all other work. Weeks that were judged so before are left alone; those by other rules are judged anew,
 * and older weeks than were asked for stay.
 */
export async function requestPastAudits(
  ctx: Context,
  projectId: string,
  { weeks }: PastAuditsRequest,
): Promise<PastAuditsResponse> {
  const project = await requireProject(ctx, projectId, 'audit.run');
  const current = await db().audit.findFirst({
    where: { id: project.currentAuditId ?? projectId },
    select: { committedAt: true },
  });
  if (!current?.committedAt) throw new AppError('unprocessable', 'audit the project once before its past');
  const branch = pastOf(project.branch);
  const wanted = mondaysBefore(current.committedAt, weeks);
  const queued = await db().$transaction(async (tx) => {
    await lockProjectRow(tx, projectId);
    const { policy, configurationVersion } = await loadAuditPolicy(tx, projectId);
    const old = await tx.audit.findMany({
      where: { projectId, branch, asOf: { in: wanted } },
      select: { id: true, asOf: true, status: true, rulePackVersion: true, policy: true },
    });
    const isKept = ({ status, rulePackVersion, policy: judgedBy }: (typeof old)[number]) =>
      status === 'queued' ||
      status === 'running' ||
      (rulePackVersion === RULE_PACK_VERSION && isSame(judgedBy, policy));
    const kept = old.filter(isKept);
    const { count: deleted } = await tx.audit.deleteMany({
      where: { id: { in: old.filter((one) => !isKept(one)).map(({ id }) => id) } },
    });
    const known = new Set(kept.map(({ asOf }) => asOf?.getTime()));
    const missing = wanted.filter((asOf) => !known.has(asOf.getTime()));
    for (const asOf of missing) {
      await createAudit(tx, project.teamId, {
        projectId,
        branch,
        asOf,
        kind: 'full',
        trigger: 'backfill',
        magics: magicsOf(policy),
        policy,
        configurationVersion,
        priority: 'low',
        requestedById: ctx.userId,
      });
    }
    if (missing.length > 0) {
      const detail = { weeks: missing.length, deleted };
      await recordChange(tx, ctx, { action: 'past.requested', teamId: project.teamId, target: projectId, detail });
    }
    return missing.length;
  });
  return { queued };
}

/** How many audits of past weeks wait or run. */
export function countPastUnderWay(projectId: string): Promise<number> {
  return db().audit.count({ where: { projectId, asOf: { not: null }, status: { in: ['queued', 'running'] } } });
}

/** Oldest first. */
function mondaysBefore(newest: Date, weeks: number): Date[] {
  const last = Math.ceil((newest.getTime() - EPOCH_MS) / WEEK_MS) - 1;
  return Array.from({ length: weeks }, (_, index) => new Date(EPOCH_MS + (last - weeks + 1 + index) * WEEK_MS));
}

function isSame(stored: Prisma.JsonValue, policy: Policy): boolean {
  const { gate: _old, ...before } = Policy.parse(stored);
  const { gate: _new, ...now } = policy;
  return canonicalJson(before) === canonicalJson(now);
}
