import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '@/k8s/cluster';
import type { ObjectReference } from '@/k8s/cluster/cluster-object';
import { lead } from '@/k8s/lease/hold-lease';
import { AppError } from '@/lib/errors';
import type { Logger } from '@/lib/logger';
import type { KnownToPods } from '@/lib/schemas/known-to-pods';
import { observeLoad } from '@/lib/services/scaling';
import { loadScalingSettings } from '@/lib/services/scaling-settings';
import { createScalingController } from './controller';

const LEASE_SECONDS = 15;
const RETRY_MS = 3_000;
const ROUND_MS = 15_000;
/** After what cannot be mended by asking again at once, as a right that is missing. */
const REST_MS = 60_000;

export interface ScaleParts {
  known: KnownToPods;
  cluster: Cluster;
  /** Of this process alone. */
  identity: string;
  log: Logger;
  signal: AbortSignal;
  roundMs?: number;
}

/**
 * Scales the workers that no engine of the cluster scales, while this process leads; else waits to lead. Strategy and aims are those
 * the owner of the installation chose on screen, else the cluster's; the cluster's bounds always hold, and its strategy where the
 * chosen one is for an engine. Ends with the signal.
 */
export async function scaleCluster(parts: ScaleParts): Promise<void> {
  const { known, cluster, identity, log, signal } = parts;
  const { lease: name } = known.scaling;
  const options = {
    namespace: known.namespace,
    name,
    identity,
    durationSeconds: LEASE_SECONDS,
    retryMs: RETRY_MS,
    signal,
  };
  while (!signal.aborted) {
    try {
      await lead(cluster, options, (leading) => scaleWhile(leading, parts));
    } catch (err) {
      if (signal.aborted) return;
      log.warn({ err }, 'workers cannot be scaled');
      await sleep(REST_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function scaleWhile(
  leading: AbortSignal,
  { known, cluster, log, roundMs = ROUND_MS }: ScaleParts,
): Promise<void> {
  const scaled = new Map(known.scaling.scaled.map((one) => [one.kind as string, one]));
  const of = (kind: string) => {
    const one = scaled.get(kind);
    if (!one) throw new AppError('not_found', `no worker kind ${kind} is scaled`);
    return one;
  };
  const referenceOf = (kind: string): ObjectReference => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: known.namespace,
    name: of(kind).deployment,
  });
  const controller = createScalingController({
    kinds: [...scaled.keys()],
    isLeader: () => !leading.aborted,
    readTarget: async (kind) => {
      const { minReplicas, maxReplicas, concurrency, strategy } = of(kind);
      const { version, settings } = await loadScalingSettings(of(kind).kind);
      return {
        strategy: version === 0 ? strategy : settings.strategy,
        ofCluster: strategy,
        target: { ...settings, minReplicas, maxReplicas, slotsPerReplica: concurrency },
      };
    },
    readBacklog: (kind) => observeLoad(of(kind).kind),
    getScale: async (kind) => {
      const { asked: replicas, resourceVersion } = await cluster.readScale(referenceOf(kind), leading);
      return { replicas, resourceVersion };
    },
    setScale: (kind, { replicas, resourceVersion }) =>
      cluster.scale(referenceOf(kind), replicas, { resourceVersion, signal: leading }),
    log,
  });
  while (!leading.aborted) {
    await controller.round();
    await sleep(roundMs, undefined, { signal: leading }).catch(() => undefined);
  }
}
