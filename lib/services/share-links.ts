import type { Context } from '@/lib/auth/context';
import { rolesWith } from '@/lib/auth/permissions';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { createLinkValue, hashSecret } from '@/lib/auth/secrets';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { ShareLinkCreated, ShareLinkList, ShareLinkRequest, ShareLinkView } from '@/lib/schemas/share-links';
import { requireAudit } from './access';
import { recordChange } from './change-log';

const DAY_MS = 24 * 3600_000;
/** Live at one time for one audit, so that they can be listed whole. */
const MAX_LIVE = 50;

const made = createRateLimiter(200, 3600_000);

const SHOWN = {
  id: true,
  auditId: true,
  hasCode: true,
  createdAt: true,
  expiresAt: true,
  lastOpenedAt: true,
  createdBy: { select: { name: true } },
} as const;

/** Links to the audit's report that still open something, newest first. */
export async function listShareLinks(ctx: Context, auditId: string): Promise<ShareLinkList> {
  const { project } = await requireAudit(ctx, auditId, 'share.manage');
  const rows = await db().shareLink.findMany({
    where: { auditId, ...isLive(project.teamId) },
    select: SHOWN,
    orderBy: { createdAt: 'desc' },
  });
  return { items: rows.map(toView) };
}

/** Makes a link to the report of an audit that has a result. */
export async function createShareLink(
  ctx: Context,
  auditId: string,
  { expiresInDays, includeCode }: ShareLinkRequest,
): Promise<ShareLinkCreated> {
  const { projectId, project } = await requireAudit(ctx, auditId, 'share.manage');
  made.take(project.teamId);
  const value = createLinkValue();
  const row = await db().$transaction(async (tx) => {
    // Links of one audit are made in turn, so that their number holds.
    const [audit] = await tx.$queryRaw<{ status: string }[]>`
      select status::text from audits where id = ${auditId}::uuid for update`;
    if (audit?.status !== 'completed' && audit?.status !== 'partial') {
      throw new AppError('unprocessable', 'the audit has no result to share', { details: { reason: 'no_result' } });
    }
    const now = new Date();
    const live = await tx.shareLink.count({ where: { auditId, ...isLive(project.teamId) } });
    if (live >= MAX_LIVE) {
      throw new AppError('unprocessable', 'too many live links', { details: { reason: 'limit', limit: MAX_LIVE } });
    }
    const created = await tx.shareLink.create({
      data: {
        projectId,
        auditId,
        tokenHash: hashSecret(value),
        hasCode: includeCode,
        createdById: ctx.userId ?? '',
        createdAt: now,
        expiresAt: new Date(now.getTime() + expiresInDays * DAY_MS),
      },
      select: SHOWN,
    });
    await recordChange(tx, ctx, {
      action: 'share.created',
      teamId: project.teamId,
      target: auditId,
      detail: { projectId, shareLinkId: created.id },
      after: { includeCode, expiresAt: created.expiresAt.toISOString() },
    });
    return created;
  });
  return { ...toView(row), link: `${env().PUBLIC_URL}/shared/${value}` };
}

export async function revokeShareLink(ctx: Context, auditId: string, shareLinkId: string): Promise<void> {
  const { projectId, project } = await requireAudit(ctx, auditId, 'share.manage');
  await db().$transaction(async (tx) => {
    const { count } = await tx.shareLink.updateMany({
      where: { id: shareLinkId, auditId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError('not_found', 'no such link');
    const detail = { projectId, shareLinkId };
    await recordChange(tx, ctx, { action: 'share.revoked', teamId: project.teamId, target: auditId, detail });
  });
}

/** A link is worth no more than the role of who made it. */
function isLive(teamId: string) {
  return {
    revokedAt: null,
    expiresAt: { gt: new Date() },
    createdBy: { memberships: { some: { teamId, role: { in: rolesWith('share.manage') } } } },
  };
}

interface LinkRow {
  id: string;
  auditId: string;
  hasCode: boolean;
  createdAt: Date;
  expiresAt: Date;
  lastOpenedAt: Date | null;
  createdBy: { name: string };
}

function toView({ id, auditId, hasCode, createdAt, expiresAt, lastOpenedAt, createdBy }: LinkRow): ShareLinkView {
  return {
    shareLinkId: id,
    auditId,
    includesCode: hasCode,
    createdBy: createdBy.name,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastOpenedAt: lastOpenedAt?.toISOString() ?? null,
  };
}
