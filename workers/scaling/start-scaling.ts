import type { Logger } from '@/lib/logger';
import { readKnownToPods } from './read-known-to-pods';

/** In a pod of a cluster whose workers no engine scales, scales them; null everywhere else. */
export async function startScaling(identity: string, log: Logger, file?: string): Promise<AsyncDisposable | null> {
  const known = await readKnownToPods(file).catch((err: unknown) => {
    // Its other work does not hang on how many of its kind there are.
    log.error({ err }, 'workers are not scaled');
    return null;
  });
  if (!known) return null;
  // The client of clusters takes 80 MB, which only this worker has to have.
  const [{ connectCluster }, { scaleCluster }] = await Promise.all([
    import('@/k8s/cluster'),
    import('./scale-cluster'),
  ]);
  const stop = new AbortController();
  const ended = scaleCluster({ known, cluster: connectCluster(), identity, log, signal: stop.signal });
  return {
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await ended;
    },
  };
}
