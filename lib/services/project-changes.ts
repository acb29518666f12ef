import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { ProjectChange, ProjectListItem } from '@/lib/schemas/projects';
import { requireProject } from './access';
import { CANCEL_CHANNEL } from './audit-end';
import { recordChange } from './change-log';
import { loadListItem } from './project-list';
import { requestWebhookRemoval } from './webhook-request';

/** Gives a project another name, makes its badge public or takes it back. */
export async function changeProject(
  ctx: Context,
  projectId: string,
  { projectName, publicBadge }: ProjectChange,
): Promise<ProjectListItem> {
  const { teamId, name, publicBadge: wasPublic } = await requireProject(ctx, projectId, 'project.manage');
  const isRenamed = projectName !== undefined && projectName !== name;
  const isSwitched = publicBadge !== undefined && publicBadge !== wasPublic;
  if (isRenamed || isSwitched) {
    const entry = { teamId, target: projectId };
    await db().$transaction(async (tx) => {
      await tx.project.update({
        where: { id: projectId },
        data: { ...(isRenamed && { name: projectName }), ...(isSwitched && { publicBadge }) },
      });
      if (isSwitched) {
        const values = { before: { publicBadge: wasPublic }, after: { publicBadge } };
        await recordChange(tx, ctx, { ...entry, action: 'project.badge', ...values });
      }
      if (isRenamed) {
        const values = { before: { name }, after: { name: projectName } };
        await recordChange(tx, ctx, { ...entry, action: 'project.renamed', ...values });
      }
    });
  }
  return loadListItem(projectId, teamId);
}

/** Deletes a project with its audits, findings and reports, and stops the audit that runs. */
export async function deleteProject(ctx: Context, projectId: string): Promise<void> {
  const { teamId, name } = await requireProject(ctx, projectId, 'project.manage');
  await db().$transaction(async (tx) => {
    // Audits before their project, as whoever ends one holds them.
    const audits = await tx.$queryRaw<{ id: string; status: string }[]>`
      select id, status::text from audits where project_id = ${projectId}::uuid order by id for update`;
    await requestWebhookRemoval(tx, projectId);
    const { count } = await tx.project.deleteMany({ where: { id: projectId } });
    if (count === 0) throw new AppError('not_found', 'no such project');
    for (const { id, status } of audits) {
      if (status === 'queued' || status === 'running') await tx.$executeRaw`select pg_notify(${CANCEL_CHANNEL}, ${id})`;
    }
    const before = { name, audits: audits.length };
    await recordChange(tx, ctx, { action: 'project.deleted', teamId, target: projectId, before });
  });
  ctx.log.info({ projectId, teamId }, 'project deleted');
}
