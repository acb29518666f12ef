import type { Context } from '@/lib/auth/context';
import { db, type Tx } from '@/lib/db/client';
import type { BaselineRequest, TriageChange } from '@/lib/schemas/triage';
import { requireProject } from './access';
import { applyChanges } from './finding-changes';
import { whereOpen } from './finding-filter';
import { announce, record, toChange } from './triage';

/** Ten thousands of findings in one transaction. */
const TIMEOUT_MS = 60_000;

/** Accepts all that is open in a project, so that an old repository begins with what is new. Taken back as one change. */
export async function acceptBaseline(
  ctx: Context,
  projectId: string,
  { reason, until = null }: BaselineRequest,
): Promise<TriageChange> {
  const { teamId } = await requireProject(ctx, projectId, 'finding.triage');
  const verdict = { verdict: 'accepted', reason, until } as const;
  const teams = [{ teamId, projectIds: [projectId] }];
  const accept = async (tx: Tx) => {
    const open = await tx.finding.findMany({ where: { projectId, ...whereOpen() }, select: { id: true } });
    const wanted = open.map(({ id }) => ({ findingId: id, verdict }));
    const applied = await applyChanges(tx, ctx.userId, [projectId], wanted);
    await record(tx, ctx, 'project.baselined', teams, applied);
    return { applied, change: toChange(applied, open.length) };
  };
  const { applied, change } = await db().$transaction(accept, { timeout: TIMEOUT_MS });
  await announce(ctx, teams, applied);
  ctx.log.info({ projectId, findings: change.changed }, 'baseline accepted');
  return change;
}
