import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { announceAudit } from './audit-events';
import { createFirstAudit } from './audits';
import { recordChange } from './change-log';
import type { FoundRepository } from './host-repository';
import { freeName } from './project-name';
import { ensureWebhook } from './project-webhooks';
import { bindSshKey } from './ssh-keys';
import { requestWebhookSetUp } from './webhook-request';

export interface Duplicate {
  projectId: string;
  projectName: string;
}

export async function findDuplicate(teamId: string, canonicalKey: string): Promise<Duplicate | null> {
  const project = await db().project.findFirst({ where: { teamId, canonicalKey } });
  return project && { projectId: project.id, projectName: project.name };
}

/** Throws `conflict` with the project that is there already. */
export async function refuseDuplicate(teamId: string, canonicalKey: string): Promise<void> {
  const duplicate = await findDuplicate(teamId, canonicalKey);
  if (duplicate)
    throw new AppError('conflict', `already registered as ${duplicate.projectName}`, { details: { ...duplicate } });
}

/** Makes the project and queues its first audit in one transaction. */
export async function addProject(
  ctx: Context,
  teamId: string,
  { url, analysis, connection, ...host }: FoundRepository,
  {
    name: wanted,
    isFromFile = false,
    sshKeyId,
  }: { name?: string | undefined; isFromFile?: boolean; sshKeyId?: string | undefined } = {},
): Promise<{ projectId: string; auditId: string }> {
  await refuseDuplicate(teamId, url.key);
  const name = wanted ?? (await freeName(teamId, url));
  const created = await db()
    .$transaction(async (tx) => {
      const project = await tx.project.create({
        data: {
          teamId,
          name,
          repositoryUrl: url.url,
          canonicalKey: url.key,
          branch: analysis.defaultBranch,
          stack: analysis.stack,
          sizeBytes: analysis.sizeBytes,
          tier: analysis.tier,
          connectionId: connection?.id ?? null,
          isFromFile,
          ...host,
        },
      });
      if (sshKeyId && url.kind === 'ssh') await bindSshKey(tx, { teamId, sshKeyId, projectId: project.id });
      await ensureWebhook(tx, project);
      if (connection) await requestWebhookSetUp(tx, project.id);
      const auditId = await createFirstAudit(tx, project, ctx.userId);
      const after = { name, repositoryUrl: url.url, branch: project.branch };
      await recordChange(tx, ctx, { action: 'project.created', teamId, target: project.id, after });
      return { projectId: project.id, auditId };
    })
    .catch(async (error: unknown) => {
      // Two registrations at once: the unique key lets one in, the other hears of it.
      await refuseDuplicate(teamId, url.key);
      throw error;
    });
  ctx.log.info({ projectId: created.projectId, auditId: created.auditId }, 'project registered');
  await announceAudit(created.auditId, ctx.log);
  return created;
}
