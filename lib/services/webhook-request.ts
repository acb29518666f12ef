import { randomUUID } from 'node:crypto';
import type { Tx } from '@/lib/db/client';
import { enqueue } from '@/lib/queues/enqueue';

/** Has the host told where to send to and what to sign with, when the transaction commits. */
export async function requestWebhookSetUp(tx: Tx, projectId: string): Promise<void> {
  const jobId = `webhook-set-up.${projectId}.${randomUUID().slice(0, 8)}`;
  await enqueue(tx, 'webhook.set-up', { projectId }, { jobId });
}

/** Has the host forget the webhook that we made there for a project, when the transaction that deletes the project commits. */
export async function requestWebhookRemoval(tx: Tx, projectId: string): Promise<void> {
  const webhook = await tx.projectWebhook.findFirst({
    where: { projectId },
    select: { externalId: true, project: { select: { connectionId: true, providerPath: true } } },
  });
  const { externalId, project } = webhook ?? {};
  if (!externalId || !project?.connectionId || !project.providerPath) return;
  const { connectionId, providerPath } = project;
  const jobId = `webhook-remove.${projectId}`;
  await enqueue(tx, 'webhook.remove', { connectionId, providerPath, externalId }, { jobId });
}
