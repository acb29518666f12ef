import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { AppError, isAppError } from '@/lib/errors';
import type { Cluster } from '../cluster';
import { wait } from '../cluster/transport';
import { workWhileHolding } from '../lease/hold-lease';
import { createLease, type LeaseHandle } from '../lease/lease';

export interface LockOptions {
  durationSeconds?: number;
  retryMs?: number;
}

const NAME = 'ancient-elder-apply';

/**
 * Does what changes a cluster while nobody else does. Throws `conflict` with `applyProblem` `locked`, and who holds it,
 * or `lockLost`.
 */
export async function whileLocked<T>(
  cluster: Cluster,
  namespace: string,
  { lock = {}, signal }: { lock?: LockOptions; signal?: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { durationSeconds = 15, retryMs = 2_000 } = lock;
  const identity = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  const options = { namespace, name: NAME, identity, durationSeconds, retryMs, signal };
  const lease = createLease(cluster, options);
  await acquire(lease, { durationSeconds, retryMs, signal });
  const lost = (): AppError =>
    new AppError('conflict', 'the lock of the apply was lost', { details: { applyProblem: 'lockLost', holder: '' } });
  let isLost = false;
  try {
    const end = await workWhileHolding(lease, options, async (held) => {
      held.addEventListener('abort', () => {
        isLost = !signal?.aborted;
      });
      return work(held);
    });
    if (!end.isLost) return end.result;
  } catch (error) {
    if (!isLost || !isAppError(error) || error.code !== 'cancelled') throw error;
  }
  throw lost();
}

/** A holder that died is waited for, once, as long as its lease lasts. */
async function acquire(
  lease: LeaseHandle,
  { durationSeconds, retryMs, signal }: { durationSeconds: number; retryMs: number; signal: AbortSignal | undefined },
): Promise<void> {
  const end = performance.now() + durationSeconds * 1000 + retryMs;
  while (!(await lease.tryHold(signal))) {
    if (performance.now() >= end) {
      const details = { applyProblem: 'locked', holder: lease.holder() };
      throw new AppError('conflict', `another apply runs: ${lease.holder()}`, { details });
    }
    await wait(Math.min(retryMs, 500), signal);
  }
}
