import { type ClusterConfiguration, STORE_IMAGES } from '@/lib/schemas/cluster-configuration';
import { EMBEDDED_MODES } from '@/lib/schemas/cluster-modes';
import { WORKER_KINDS, type WorkerKind } from '@/lib/schemas/worker-kinds';
import type { MissingEngine, PhaseName } from '../phase';

type Storage = ClusterConfiguration['storage'];
type Strategy = ClusterConfiguration['workers'][WorkerKind]['scaling'];

/** How the replicas of a worker kind come about once it is known which engines there are. */
export type Scaler = 'none' | 'hpa' | 'vpa' | 'keda' | 'own';

/** A configuration held against what a cluster offers: all decisions between an engine and its fall-back. */
export interface Site {
  configuration: ClusterConfiguration;
  isEmbedded: boolean;
  postgres: Storage['postgres'];
  redis: Storage['redis'];
  objects: Storage['objects'];
  expose: ClusterConfiguration['network']['expose'];
  hasVpa: boolean;
  hasPrometheus: boolean;
  hasVelero: boolean;
  hasKarmada: boolean;
  scalers: Readonly<Record<WorkerKind, Scaler>>;
  missing: Partial<Record<PhaseName, MissingEngine[]>>;
}

/** Kinds that speak to others than the stores, and may hold what opens the secrets of teams. */
export const OUTWARD_WORKERS: readonly WorkerKind[] = ['git', 'deliver', 'maintain'];

export const API_GROUPS = {
  keda: 'keda.sh',
  vpa: 'autoscaling.k8s.io',
  cloudnativepg: 'postgresql.cnpg.io',
  prometheus: 'monitoring.coreos.com',
  gateway: 'gateway.networking.k8s.io',
  velero: 'velero.io',
  karmada: 'policy.karmada.io',
  redis: 'redis.redis.opstreelabs.in',
} as const;

/** Every API group that anything here can use. */
export const ENGINES: readonly string[] = Object.values(API_GROUPS);

/** `engines` are the API groups that the cluster shows. */
export function readSite(configuration: ClusterConfiguration, engines: ReadonlySet<string>): Site {
  const { storage, network, monitoring, disasterRecovery, contexts } = configuration;
  const missing: Site['missing'] = {};
  const has = (engine: keyof typeof API_GROUPS) => engines.has(API_GROUPS[engine]);
  const want = (engine: keyof typeof API_GROUPS, phase: PhaseName, need: string, fallback: string): boolean => {
    if (has(engine)) return true;
    const list = missing[phase] ?? [];
    missing[phase] = list;
    if (!list.some((one) => one.apiGroup === API_GROUPS[engine] && one.need === need)) {
      list.push({ apiGroup: API_GROUPS[engine], need, fallback });
    }
    return false;
  };
  const isEmbedded = EMBEDDED_MODES.includes(configuration.deploymentMode);

  return {
    configuration,
    isEmbedded,
    postgres:
      storage.postgres.kind !== 'cloudnativepg' ||
      want('cloudnativepg', 'storage', 'PostgreSQL that fails over', 'one PostgreSQL in a StatefulSet')
        ? storage.postgres
        : { ...pick(storage.postgres), kind: 'statefulset', image: STORE_IMAGES.postgres },
    redis:
      storage.redis.kind !== 'operator' ||
      want('redis', 'storage', 'Redis that fails over', 'one Valkey in a StatefulSet')
        ? storage.redis
        : { ...pick(storage.redis), kind: 'statefulset', image: STORE_IMAGES.valkey },
    objects: storage.objects,
    expose:
      network.expose === 'gateway' && !want('gateway', 'ui', 'an HTTPRoute at your gateway', 'an Ingress')
        ? 'ingress'
        : network.expose,
    hasVpa: has('vpa'),
    hasPrometheus:
      monitoring.isEnabled &&
      want(
        'prometheus',
        'monitoring',
        'ServiceMonitors and alert rules',
        'annotations by which pods are scraped; no alerts',
      ),
    hasVelero:
      disasterRecovery.isEnabled &&
      want('velero', 'storage', 'backups of objects and volumes of the namespace', 'backups of the database alone'),
    hasKarmada:
      contexts.length > 1 &&
      want('karmada', 'infrastructure', 'workers placed over several clusters', 'one apply for each context'),
    scalers: isEmbedded ? NO_SCALERS : readScalers(configuration, want),
    missing,
  };
}

/** Kinds that have pods here: one of several clusters may have no share of a kind. */
export function presentWorkers({
  configuration,
  isEmbedded,
}: Pick<Site, 'configuration' | 'isEmbedded'>): WorkerKind[] {
  return isEmbedded ? [] : WORKER_KINDS.filter((kind) => configuration.workers[kind].maxReplicas > 0);
}

/** Whether the workers of upkeep change replicas, for which they need a token. */
export function scales(site: Site): boolean {
  return ownScaled(site).length > 0;
}

/** Kinds whose replicas the workers of upkeep change. */
export function ownScaled(site: Site): WorkerKind[] {
  return presentWorkers(site).filter((kind) => site.scalers[kind] === 'own');
}

const NO_SCALERS: Site['scalers'] = { git: 'none', collect: 'none', judge: 'none', deliver: 'none', maintain: 'none' };

function pick<Store extends { tier: Tier; size: string; storageClass: string | null }, Tier>({
  tier,
  size,
  storageClass,
}: Store) {
  return { tier, size, storageClass };
}

type Want = (engine: 'keda' | 'vpa', phase: PhaseName, need: string, fallback: string) => boolean;

function readScalers({ workers }: ClusterConfiguration, want: Want): Site['scalers'] {
  const scalerOf = (strategy: Strategy): Scaler => {
    switch (strategy) {
      case 'manual':
        return 'none';
      case 'hpa':
        want('vpa', 'workers', 'memory fitted to use', 'the memory of the tier');
        return 'hpa';
      case 'vpa':
        return want('vpa', 'workers', 'resources fitted to use', 'the resources of the tier') ? 'vpa' : 'none';
      case 'custom':
        return want('keda', 'workers', 'replicas by backlog', 'a HorizontalPodAutoscaler on CPU') ? 'keda' : 'hpa';
      case 'predictive':
        return want('keda', 'workers', 'replicas by forecast and backlog', 'the controller in the maintain workers')
          ? 'keda'
          : 'own';
      case 'reactive':
        return 'own';
    }
  };
  return {
    git: scalerOf(workers.git.scaling),
    collect: scalerOf(workers.collect.scaling),
    judge: scalerOf(workers.judge.scaling),
    deliver: scalerOf(workers.deliver.scaling),
    maintain: scalerOf(workers.maintain.scaling),
  };
}
