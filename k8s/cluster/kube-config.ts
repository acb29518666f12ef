import { accessSync } from 'node:fs';
import { KubeConfig } from '@kubernetes/client-node';
import { IN_CLUSTER } from '@/lib/schemas/in-cluster';
import { clusterError } from './cluster-problem';

const POD_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

export interface WhichCluster {
  /** File, or `IN_CLUSTER` for the account of the pod; otherwise KUBECONFIG, `~/.kube/config`, or that account. */
  kubeconfig?: string | undefined;
  /** The current one otherwise. */
  context?: string | undefined;
}

/** Throws `noConfig` and `noContext`. */
export function loadKubeConfig({ kubeconfig, context }: WhichCluster): KubeConfig {
  const config = new KubeConfig();
  const where = { cluster: context ?? kubeconfig ?? 'kubeconfig', object: null };
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else if (kubeconfig === IN_CLUSTER) loadFromPod(config);
    else config.loadFromFile(kubeconfig);
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    // A message of the parser quotes the file, which holds keys.
    throw clusterError('noConfig', where, code ?? name);
  }
  if (context !== undefined) {
    if (!config.getContextObject(context)) {
      const known = config.getContexts().map(({ name }) => name);
      throw clusterError('noContext', where, known.join(', ') || '–');
    }
    config.setCurrentContext(context);
  }
  const cluster = config.getCurrentCluster();
  // The library's last resort, where it found nothing at all.
  const isGuess = config.getCurrentContext() === 'loaded-context' && cluster?.server === 'http://localhost:8080';
  if (!cluster || isGuess) throw clusterError('noConfig', where, 'no current context');
  return config;
}

/** Throws ENOENT outside of a pod. */
function loadFromPod(config: KubeConfig): void {
  accessSync(POD_TOKEN);
  config.loadFromCluster();
}
