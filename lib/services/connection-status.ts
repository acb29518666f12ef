import { db, type Tx } from '@/lib/db/client';
import type { Connection } from '@/lib/db/generated/client';
import { AppError, type ErrorCode } from '@/lib/errors';
import { recordChange } from './change-log';
import { notifyAccessLost } from './notifications/record-notices';

/** What a host says when it takes the credential no longer, and what the connection then is. */
const LOST: Partial<Record<ErrorCode, 'reconnect' | 'suspended'>> = {
  provider_unauthorized: 'reconnect',
  provider_suspended: 'suspended',
};

/** Throws what the host said last where it took the credential no longer: asking again would only repeat it. */
export function requireUsable({ status, name }: Pick<Connection, 'status' | 'name'>): void {
  if (status === 'connected') return;
  const code = status === 'suspended' ? 'provider_suspended' : 'provider_unauthorized';
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

/** Told once for each loss: whoever looks after the connection should hear of it. */
export async function noteAccessLost(tx: Tx, connectionId: string): Promise<void> {
  const { teamId, name, status } = await tx.connection.findFirstOrThrow({ where: { id: connectionId } });
  const projects = await tx.project.count({ where: { connectionId } });
  await notifyAccessLost(tx, { teamId, connectionId });
  await recordChange(
    tx,
    { userId: null, address: null },
    { action: 'connection.lost', teamId, target: connectionId, after: { name, status, projects } },
  );
}
