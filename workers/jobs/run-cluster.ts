import { setTimeout as wait } from 'node:timers/promises';
import { isAppError } from '@/lib/errors';
import type { ClusterEnd } from '@/lib/schemas/cluster';
import { endClusterRun, noteClusterProgress, type RunToDo, takeClusterRun } from '@/lib/services/cluster-runs';
import { createProgress, type Progress } from '../cluster/progress';
import type { LoneJob } from '../job-handler';

const NOTE_MS = 1_000;

/**
 * Does what the owner of the installation asked of the cluster. Run again after a worker was lost, an apply goes on from the
 * phases that are done.
 */
export const runClusterJob: LoneJob<'cluster.run'> = {
  async run({ runId }, { signal }) {
    const todo = await takeClusterRun(runId);
    if (!todo) return;
    const stop = new AbortController();
    const ended = new AbortController();
    const progress = createProgress();
    const noting = noteUntil(ended.signal, runId, progress, () => stop.abort());
    try {
      const ends = await operate(todo, progress, AbortSignal.any([signal, stop.signal]));
      ended.abort();
      await noting;
      await noteClusterProgress(runId, progress.list());
      const isFine = ends.every(({ state }) => state === 'fine');
      await endClusterRun(runId, { status: isFine ? 'done' : 'failed', ends });
    } catch (error) {
      ended.abort();
      await noting;
      // A worker that stops hands the run back, and it goes on elsewhere.
      if (signal.aborted || !(stop.signal.aborted && isAppError(error) && error.code === 'cancelled')) throw error;
      await noteClusterProgress(runId, progress.list());
      await endClusterRun(runId, { status: 'cancelled' });
    }
  },
  async giveUp(tx, { runId }, { errorCode }) {
    await endClusterRun(runId, { status: 'failed', errorCode }, tx);
    return null;
  },
};

async function operate(
  { verb, options, configuration, kubeconfig }: RunToDo,
  progress: Progress,
  signal: AbortSignal,
): Promise<ClusterEnd[]> {
  // The client of clusters takes 80 MB, which only this worker has to have, and only now.
  const { operateCluster } = await import('../cluster/operate');
  return operateCluster(verb, { configuration, kubeconfig, options, progress, signal });
}

/** Writes how it goes, and hears whether somebody wants it to stop. */
async function noteUntil(ended: AbortSignal, runId: string, progress: Progress, stop: () => void): Promise<void> {
  while (!ended.aborted) {
    if (!(await noteClusterProgress(runId, progress.list()))) stop();
    await wait(NOTE_MS, undefined, { signal: ended }).catch(() => undefined);
  }
}
