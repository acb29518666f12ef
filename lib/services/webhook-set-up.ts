import { db, type Tx } from '@/lib/db/client';
import { env } from '@/lib/env';
import { isLoopback } from '@/lib/git/address-guard';
import type { ProviderId } from '@/lib/git/providers/provider';
import type { Logger } from '@/lib/logger';
import type { JobPayload } from '@/lib/queues/catalog';
import { openConnection, openConnectionOf } from './connection-clients';
import { ensureWebhook, webhookUrl } from './project-webhooks';
import { unseal } from './sealed-columns';
import { announceWebhook } from './webhook-events';

/**
 * Makes the webhook of a project at its host, or brings it up to date, with the credential of the project's connection. Without
 * one, or where the host could not reach us, nothing is done: a person may set it up.
 */
export async function setUpWebhook(projectId: string, log: Logger): Promise<void> {
  const project = await db().project.findFirst({ where: { id: projectId }, include: { connection: true } });
  const { connection, providerPath } = project ?? {};
  // An App is told of all its repositories by one webhook of its own.
  if (!project || !connection || !providerPath || connection.kind === 'app') return;
  if (isLoopback(hostOf(env().PUBLIC_URL)) && !isLoopback(hostOf(connection.baseUrl))) {
    return log.info({ projectId }, 'the host cannot reach this address: no webhook is set up');
  }
  await db().$transaction((tx) => ensureWebhook(tx, project));
  const webhook = await db().projectWebhook.findFirst({ where: { projectId } });
  if (!webhook) return;
  const row = { teamId: project.teamId, rowId: projectId };
  const secret = await unseal('project_webhooks.secret', row, webhook.secret);
  const { provider, client } = await openConnectionOf(connection.id);
  const url = webhookUrl(connection.provider as ProviderId, projectId);
  const { externalId } = await provider.webhooks.put(client, providerPath, {
    url,
    secret,
    externalId: webhook.externalId,
  });
  await db().projectWebhook.updateMany({ where: { projectId }, data: { externalId, problem: null } });
  announceWebhook({ projectId, teamId: project.teamId }, log);
  log.info({ projectId }, 'webhook set up');
}

/** Takes a webhook that we made from its host; where its connection is gone, or may no longer, it stays. */
export async function removeWebhook(hook: JobPayload<'webhook.remove'>, log: Logger): Promise<void> {
  const connection = await db().connection.findFirst({ where: { id: hook.connectionId } });
  if (!connection) return log.info('the connection is gone: the webhook stays at its host');
  const { provider, client } = await openConnection(connection);
  await provider.webhooks.remove(client, hook.providerPath, hook.externalId);
  log.info('webhook removed');
}

/** The host refused it, or could not be reached: the page says what a person has to enter. */
export async function noteSetUpProblem(tx: Tx, projectId: string, errorCode: string): Promise<void> {
  await tx.projectWebhook.updateMany({ where: { projectId }, data: { problem: errorCode } });
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}
