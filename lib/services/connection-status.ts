import { db, type Tx } from '@/lib/db/client';
import type { Connection, Prisma } from '@/lib/db/generated/client';
import { AppError, type ErrorCode } from '@/lib/errors';
import { recordChange } from './change-log';
import { notifyAccessLost } from './notifications/record-notices';

/** No person: the product noticed it. */
const BY_ITSELF = { userId: null, address: null };

/** What a host says when it takes the credential no longer, and what the connection then is. */
const LOST: Partial<Record<ErrorCode, 'reconnect' | 'suspended'>> = {
  provider_unauthorized: 'reconnect',
  provider_token_expired: 'reconnect',
  provider_suspended: 'suspended',
};

/** What a connection is when the host answers with this; undefined where that says nothing of the credential. */
export function lostBy(code: ErrorCode): 'reconnect' | 'suspended' | undefined {
  return LOST[code];
}

/** Throws what the host said last where it took the credential no longer: asking again would only repeat it. */
export function requireUsable({ status, name, problem }: Pick<Connection, 'status' | 'name' | 'problem'>): void {
  if (status === 'connected') return;
  const isExpired = problem === 'provider_token_expired';
  const refused = isExpired ? 'provider_token_expired' : 'provider_unauthorized';
  const code = status === 'suspended' ? 'provider_suspended' : refused;
  throw new AppError(code, `the connection ${name} must be checked before it is used again`);
}

/** Notes that the host took a credential no longer; other refusals say nothing about it. */
export async function noteRefusal(connectionId: string, code: ErrorCode): Promise<void> {
  const status = LOST[code];
  if (!status) return;
  await db().$transaction(async (tx) => {
    const { count } = await tx.connection.updateMany({
      where: { id: connectionId, status: 'connected' },
      data: { status, problem: code, checkedAt: new Date() },
    });
    if (count > 0) await noteAccessLost(tx, connectionId);
  });
}

type HostAnswer = Pick<Prisma.ConnectionUpdateManyMutationInput, 'account' | 'scopes' | 'expiresAt' | 'problem'> & {
  status: 'connected' | 'reconnect' | 'suspended';
};

/**
 * Keeps what the host says of a connection though no person asked: access that is lost is told, and access that is back is logged.
 * What was asked after `askedAt` knows better.
 */
export async function noteAnswer(connectionId: string, answer: HostAnswer, askedAt: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    const [known] = await tx.$queryRaw<{ status: string; checkedAt: Date | null }[]>`
      select status, checked_at as "checkedAt" from connections where id = ${connectionId}::uuid for update`;
    if (!known || (known.checkedAt && known.checkedAt > askedAt)) return;
    await tx.connection.updateMany({ where: { id: connectionId }, data: { ...answer, checkedAt: askedAt } });
    const wasConnected = known.status === 'connected';
    if (answer.status === 'connected') {
      await clearAccessProblems(tx, connectionId);
      if (!wasConnected) await noteAccessRegained(tx, connectionId, known.status);
    } else if (wasConnected) await noteAccessLost(tx, connectionId);
  });
}

/** What jobs wrote of the lost access is true no longer. */
export async function clearAccessProblems(tx: Tx, connectionId: string): Promise<void> {
  await tx.project.updateMany({
    where: { connectionId, accessProblem: { in: Object.keys(LOST) } },
    data: { accessProblem: null },
  });
}

async function noteAccessRegained(tx: Tx, connectionId: string, before: string): Promise<void> {
  const { teamId, name, status } = await tx.connection.findFirstOrThrow({ where: { id: connectionId } });
  const change = { before: { status: before }, after: { name, status } };
  await recordChange(tx, BY_ITSELF, { action: 'connection.changed', teamId, target: connectionId, ...change });
}

/** Told once for each loss: whoever looks after the connection should hear of it. */
export async function noteAccessLost(tx: Tx, connectionId: string): Promise<void> {
  const { teamId, name, status } = await tx.connection.findFirstOrThrow({ where: { id: connectionId } });
  const projects = await tx.project.count({ where: { connectionId } });
  await notifyAccessLost(tx, { teamId, connectionId });
  await recordChange(tx, BY_ITSELF, {
    action: 'connection.lost',
    teamId,
    target: connectionId,
    after: { name, status, projects },
  });
}
