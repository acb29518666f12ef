import { randomBytes } from 'node:crypto';
import type { Context } from '@/lib/auth/context';
import { db, query, type Tx } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { ProviderId } from '@/lib/git/providers/provider';
import { providerOfSlug, WEBHOOK_FORMS } from '@/lib/git/providers/webhook-forms';
import type { WebhookHost, WebhookRequest, WebhookView } from '@/lib/schemas/webhooks';
import { requireProject } from './access';
import { loadAuditedBranches } from './audited-branches';
import { recordChange } from './change-log';
import { hostOfAddress } from './host-of-address';
import { seal, unseal } from './sealed-columns';
import { requestWebhookSetUp } from './webhook-request';

/** How long deliveries signed with the secret before are taken. */
const GRACE_MS = 24 * 3_600_000;
/** GitLab signs with a key of this form only; to the other hosts it is a text like any. */
const KEY_PREFIX = 'whsec_';
const KEY_BYTES = 32;

export interface ProjectRow {
  id: string;
  teamId: string;
}

export function newWebhookSecret(): string {
  return `${KEY_PREFIX}${randomBytes(KEY_BYTES).toString('base64')}`;
}

/** Makes the webhook of a project unless it has one. */
export async function ensureWebhook(tx: Tx, { id: projectId, teamId }: ProjectRow): Promise<void> {
  if ((await tx.projectWebhook.count({ where: { projectId } })) > 0) return;
  const secret = await seal('project_webhooks.secret', { teamId, rowId: projectId }, newWebhookSecret());
  await tx.projectWebhook.createMany({ data: [{ projectId, secret }], skipDuplicates: true });
}

/** How the Git host tells of pushes, with what a person enters into its form. */
export async function getWebhook(
  ctx: Context,
  projectId: string,
  { host: asked }: WebhookRequest = {},
): Promise<WebhookView> {
  const project = await requireProject(ctx, projectId, 'project.manage');
  await db().$transaction((tx) => ensureWebhook(tx, project));
  const [webhook, [last], audited] = await Promise.all([
    db().projectWebhook.findFirst({
      where: { projectId },
      include: { project: { select: { connection: { select: { kind: true } } } } },
    }),
    query<{ at: Date | null }>`
      select max(received_at) as at from webhook_deliveries where project_id = ${projectId}::uuid and source = 'webhook'`,
    loadAuditedBranches(db(), project),
  ]);
  if (!webhook) throw new AppError('not_found', 'the project is gone');
  const known = (project.provider as ProviderId | null) ?? hostOfAddress(project.repositoryUrl);
  const provider = known ?? (asked && providerOfSlug(asked)) ?? 'gitlab';
  const form = WEBHOOK_FORMS[provider];
  const lastAt = laterOf(webhook.lastDeliveryAt, last?.at ?? null);
  const isGrace = webhook.previousUntil !== null && webhook.previousUntil.getTime() > Date.now();
  return {
    host: form.slug as WebhookHost,
    isHostKnown: known !== null,
    url: webhookUrl(provider, projectId),
    secret: await unseal('project_webhooks.secret', rowOf(project), webhook.secret),
    username: form.username,
    contentType: form.contentType,
    events: [...form.events],
    branches: audited.patterns,
    state: lastAt ? 'receiving' : 'waiting',
    lastDeliveryAt: lastAt?.toISOString() ?? null,
    // An App is told of all its repositories by one webhook of its own.
    setUp: webhook.externalId !== null || webhook.project.connection?.kind === 'app' ? 'automatic' : 'manual',
    problem: webhook.problem,
    rotatedAt: webhook.rotatedAt?.toISOString() ?? null,
    previousSecretUntil: isGrace ? (webhook.previousUntil?.toISOString() ?? null) : null,
    comparedAt: webhook.comparedAt?.toISOString() ?? null,
  };
}

/** A new secret; the one before is taken for a day, so that nothing is missed until the host has the new one. */
export async function rotateWebhook(ctx: Context, projectId: string): Promise<WebhookView> {
  const project = await requireProject(ctx, projectId, 'project.manage');
  const { teamId } = project;
  const secret = await seal('project_webhooks.secret', rowOf(project), newWebhookSecret());
  await db().$transaction(async (tx) => {
    await ensureWebhook(tx, project);
    await tx.$queryRaw`select project_id from project_webhooks where project_id = ${projectId}::uuid for update`;
    const row = await tx.projectWebhook.findFirst({ where: { projectId } });
    if (!row) throw new AppError('not_found', 'the project is gone');
    const former = await unseal('project_webhooks.secret', rowOf(project), row.secret);
    const now = new Date();
    await tx.projectWebhook.update({
      where: { projectId },
      data: {
        secret,
        previousSecret: await seal('project_webhooks.previous_secret', rowOf(project), former),
        previousUntil: new Date(now.getTime() + GRACE_MS),
        rotatedAt: now,
      },
    });
    if (row.externalId !== null) await requestWebhookSetUp(tx, projectId);
    await recordChange(tx, ctx, { action: 'webhook.rotated', teamId, target: projectId });
  });
  ctx.log.info({ projectId }, 'webhook secret rotated');
  return getWebhook(ctx, projectId);
}

export function webhookUrl(provider: ProviderId, projectId: string): string {
  return `${env().PUBLIC_URL}/api/v1/webhooks/${WEBHOOK_FORMS[provider].slug}/${projectId}`;
}

function rowOf({ id, teamId }: ProjectRow): { teamId: string; rowId: string } {
  return { teamId, rowId: id };
}

function laterOf(one: Date | null, other: Date | null): Date | null {
  return one && (!other || one > other) ? one : other;
}
