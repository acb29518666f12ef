import type { ClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import type { Share } from './apply/apply-contexts';
import { type Cluster, connectCluster } from './cluster';
import { clusterProblemOf, isProblem } from './cluster/cluster-problem';
import { buildPhases } from './manifests/build-phases';
import { forContext, withoutHome } from './manifests/for-context';
import { neededSecrets } from './manifests/needed-secrets';
import { API_GROUPS } from './manifests/site';

/** A configuration, and where the credentials of its clusters are. */
export interface Aim {
  configuration: ClusterConfiguration;
  /** File, or `IN_CLUSTER`; otherwise those of kubectl. */
  kubeconfig?: string | undefined;
  signal: AbortSignal;
}

/** What a configuration means on a cluster. */
export interface Plan {
  phases: ReturnType<typeof buildPhases>;
  secrets: ReturnType<typeof neededSecrets>;
}

export interface Target extends Plan {
  cluster: Cluster;
}

export function planFor(configuration: ClusterConfiguration, engines: ReadonlySet<string>): Plan {
  return { phases: buildPhases(configuration, engines), secrets: neededSecrets(configuration, engines) };
}

/** A cluster, and what the configuration means on it: of several without Karmada, its share. */
export async function connectTarget(
  { configuration, kubeconfig, signal }: Aim,
  context: string | undefined,
): Promise<Target> {
  const { contexts } = configuration;
  const only = contexts.length === 1 ? contexts[0]?.name : undefined;
  const cluster = connectCluster({ kubeconfig, context: context ?? only });
  const engines = await cluster.engines(signal);
  const index = contexts.findIndex(({ name }) => name === cluster.name);
  if (contexts.length < 2 || index < 0 || engines.has(API_GROUPS.karmada)) {
    return { cluster, ...planFor(configuration, engines) };
  }
  const share = { weights: contexts.map(({ weight }) => weight), index, isHome: index === 0 };
  return { cluster, ...planForShare(configuration, engines, share) };
}

/**
 * `planFor` one of several clusters, by weights that may be others than those of the configuration. What one seals the others
 * must open, on a database they share: no cluster draws keys of its own, and people give the same ones to all.
 */
export function planForShare(
  configuration: ClusterConfiguration,
  engines: ReadonlySet<string>,
  { weights, index, isHome }: Share,
): Plan {
  const contexts = configuration.contexts.map((each, place) => ({ ...each, weight: weights[place] ?? 0 }));
  const own = forContext({ ...configuration, contexts }, contexts[index]?.name ?? '');
  const { phases, secrets } = planFor(own, engines);
  const { keysSecret } = configuration.security;
  return {
    phases: isHome ? phases : withoutHome(phases),
    secrets: secrets.map((secret) => (secret.name === keysSecret ? { ...secret, make: null } : secret)),
  };
}

/**
 * The control plane that places workers itself; null where the current context is none. Throws where that cannot be known:
 * what Karmada places is not for anybody else to write.
 */
export async function findKarmada(
  { configuration, kubeconfig, signal }: Aim,
  name: string | undefined,
): Promise<Target | null> {
  try {
    const cluster = connectCluster({ kubeconfig, context: name });
    const engines = await cluster.engines(signal);
    return engines.has(API_GROUPS.karmada) ? { cluster, ...planFor(configuration, engines) } : null;
  } catch (error) {
    if (name === undefined && (isProblem(error, 'noConfig', 'noContext') || isLostMember(error, configuration)))
      return null;
    throw error;
  }
}

/** A member that is lost is no control plane: the others take its share. */
function isLostMember(error: unknown, { contexts }: ClusterConfiguration): boolean {
  const cluster = clusterProblemOf(error)?.cluster;
  return isProblem(error, 'unreachable') && contexts.some(({ name }) => name === cluster);
}

/**
 * Contexts that a configuration is asked of one by one: those it names, unless one is chosen or Karmada stands before them;
 * `undefined` is the current one.
 */
export async function contextsOf(aim: Aim, chosen: string | undefined): Promise<(string | undefined)[]> {
  const { contexts } = aim.configuration;
  if (contexts.length < 2 || chosen !== undefined || (await findKarmada(aim, undefined))) return [chosen];
  return contexts.map(({ name }) => name);
}
