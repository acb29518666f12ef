import { setTimeout as wait } from 'node:timers/promises';
import { db } from '@/lib/db/client';

const TIMEOUT_MS = 60_000;

/** The audit, once it ended. */
export async function auditEnd(auditId: string, timeoutMs = TIMEOUT_MS) {
  await until(
    `audit ${auditId} to end`,
    async () => {
      const { status } = await db().audit.findUniqueOrThrow({ where: { id: auditId }, select: { status: true } });
      return status !== 'queued' && status !== 'running';
    },
    timeoutMs,
  );
  return db().audit.findUniqueOrThrow({
    where: { id: auditId },
    include: { jobs: true, magicResults: { orderBy: { magic: 'asc' } }, project: true },
  });
}

/** Asks until it is so; fails when it never is. */
export async function until(what: string, isSo: () => Promise<boolean>, timeoutMs = TIMEOUT_MS): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await wait(50);
  }
}
