import { isAppError } from '@/lib/errors';
import type { Cluster } from '../cluster';
import { jittered, wait } from '../cluster/transport';
import { createLease, type LeaseHandle, type LeaseOptions } from './lease';

export interface HoldOptions extends LeaseOptions {
  /** Time between renewals and between tries. */
  retryMs: number;
  signal?: AbortSignal | undefined;
}

const RELEASE_MS = 5_000;

/** Time that must be left of a lease when its holder gives up: its work needs some to stop. */
const MARGIN = 2 / 3;

/**
 * Does the work while the lease is held. Its signal goes when the lease could not be renewed in time, before another may
 * take it. The lease is given back at the end.
 */
export async function workWhileHolding<T>(
  lease: LeaseHandle,
  { durationSeconds, retryMs, signal, now = () => performance.now() }: HoldOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<{ isLost: boolean; result: T }> {
  const lost = new AbortController();
  const done = new AbortController();
  const either = signal ? AbortSignal.any([signal, lost.signal]) : lost.signal;

  async function renew(): Promise<void> {
    let renewedAt = now();
    while (!done.signal.aborted) {
      await wait(retryMs, done.signal);
      const begun = now();
      const left = renewedAt + durationSeconds * 1000 * MARGIN - begun;
      const limit = AbortSignal.any([done.signal, AbortSignal.timeout(Math.max(1, Math.ceil(left)))]);
      try {
        if (await lease.tryHold(limit)) renewedAt = begun;
        else if (lease.holder() !== '') return lost.abort();
      } catch {
        // What the server cannot do now it may do in time.
      }
      if (now() - renewedAt >= durationSeconds * 1000 * MARGIN) return lost.abort();
    }
  }

  const renewing = renew().catch(() => {
    // Who does not renew any more does not hold it for long.
    if (!done.signal.aborted) lost.abort();
  });
  try {
    const result = await work(either);
    return { isLost: lost.signal.aborted, result };
  } finally {
    done.abort();
    await renewing;
    if (!lost.signal.aborted) await lease.release(AbortSignal.timeout(RELEASE_MS)).catch(() => undefined);
  }
}

/** Waits for the lease and does the work while leading; stands again when it was lost. Ends when the signal goes or the work is done. */
export async function lead<T>(
  cluster: Cluster,
  options: HoldOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lease = createLease(cluster, options);
  for (;;) {
    if (await mayHold(lease, options.signal)) {
      try {
        const { isLost, result } = await workWhileHolding(lease, options, work);
        if (!isLost) return result;
      } catch (error) {
        if (options.signal?.aborted || !isAppError(error) || error.code !== 'cancelled') throw error;
      }
    }
    await wait(jittered(options.retryMs), options.signal);
  }
}

/** A server that cannot be asked now is asked again. */
async function mayHold(lease: LeaseHandle, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return await lease.tryHold(signal);
  } catch (error) {
    if (isAppError(error) && ['unavailable', 'rate_limited'].includes(error.code)) return false;
    throw error;
  }
}
