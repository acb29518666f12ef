import type { Context } from '@/lib/auth/context';
import { forbiddenIn } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import type { CommentList, CommentRequest, CommentView } from '@/lib/schemas/triage';
import { requireFinding } from './access';
import { recordChange } from './change-log';
import { announceFindings } from './finding-events';
import { toPersonView } from './finding-view';

const MOST_SHOWN = 500;
const PARTS = { author: { select: { id: true, name: true } } } as const;

type CommentRow = Prisma.FindingCommentGetPayload<{ include: typeof PARTS }>;

/** What people wrote about a finding, oldest first. */
export async function listComments(ctx: Context, findingId: string): Promise<CommentList> {
  await requireFinding(ctx, findingId, 'project.read');
  const rows = await db().findingComment.findMany({
    where: { findingId },
    include: PARTS,
    orderBy: { id: 'asc' },
    take: MOST_SHOWN,
  });
  return { items: rows.map((row) => toCommentView(ctx, row)) };
}

export async function createComment(ctx: Context, findingId: string, { text }: CommentRequest): Promise<CommentView> {
  const { projectId, project } = await requireFinding(ctx, findingId, 'finding.triage');
  const row = await db().$transaction(async (tx) => {
    await tx.$queryRaw`select id from findings where id = ${findingId}::uuid for update`;
    if ((await tx.findingComment.count({ where: { findingId } })) >= MOST_SHOWN) {
      throw new AppError('unprocessable', `a finding takes at most ${MOST_SHOWN} comments`);
    }
    const data = { projectId, findingId, authorId: ctx.userId, text };
    const created = await tx.findingComment.create({ data, include: PARTS });
    await recordChange(tx, ctx, {
      action: 'comment.created',
      teamId: project.teamId,
      target: findingId,
      detail: { commentId: created.id },
      after: { text },
    });
    return created;
  });
  await announceFindings(ctx, [{ teamId: project.teamId, projectId }]);
  return toCommentView(ctx, row);
}

/** Rewrites a comment of one's own. */
export async function changeComment(
  ctx: Context,
  findingId: string,
  commentId: string,
  { text }: CommentRequest,
): Promise<CommentView> {
  const { teamId, projectId, before } = await requireOwn(ctx, findingId, commentId);
  const row = await db().$transaction(async (tx) => {
    const changed = await tx.findingComment.update({
      where: { id: commentId },
      data: { text, editedAt: new Date() },
      include: PARTS,
    });
    await recordChange(tx, ctx, {
      action: 'comment.changed',
      teamId,
      target: findingId,
      detail: { commentId },
      before: { text: before },
      after: { text },
    });
    return changed;
  });
  await announceFindings(ctx, [{ teamId, projectId }]);
  return toCommentView(ctx, row);
}

/** Deletes a comment of one's own; the audit log keeps what it said. */
export async function deleteComment(ctx: Context, findingId: string, commentId: string): Promise<void> {
  const { teamId, projectId, before } = await requireOwn(ctx, findingId, commentId);
  await db().$transaction(async (tx) => {
    const { count } = await tx.findingComment.deleteMany({ where: { id: commentId } });
    if (count === 0) throw new AppError('not_found', 'no such comment');
    const detail = { commentId };
    await recordChange(tx, ctx, {
      action: 'comment.deleted',
      teamId,
      target: findingId,
      detail,
      before: { text: before },
    });
  });
  await announceFindings(ctx, [{ teamId, projectId }]);
}

async function requireOwn(ctx: Context, findingId: string, commentId: string) {
  const { project, projectId } = await requireFinding(ctx, findingId, 'finding.triage');
  const row = await db().findingComment.findFirst({ where: { id: commentId, findingId } });
  if (!row) throw new AppError('not_found', 'no such comment');
  if (row.authorId === null || row.authorId !== ctx.userId) {
    throw forbiddenIn(project.teamId, 'comments belong to who wrote them');
  }
  return { teamId: project.teamId, projectId, before: row.text };
}

function toCommentView({ userId }: Context, row: CommentRow): CommentView {
  return {
    commentId: row.id,
    author: row.author && toPersonView(row.author),
    text: row.text,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    isOwn: row.authorId !== null && row.authorId === userId,
  };
}
