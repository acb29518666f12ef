import type { V1Container, V1PodSpec, V1Probe, V1ResourceRequirements } from '@kubernetes/client-node';
import type { ClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { RESOURCE_TIERS, type ResourceTier } from '@/lib/schemas/resource-tiers';
import { type Component, selectorOf } from './names';
import type { Site } from './site';

/** Requests are the limits: such pods are evicted last, and what a tier costs is known. */
export function resourcesOf(tier: ResourceTier): V1ResourceRequirements {
  const { cpu, memoryMiB } = RESOURCE_TIERS[tier];
  const amounts = { cpu, memory: `${memoryMiB}Mi` };
  const device: Record<string, string> = tier === 'gpu' ? { 'nvidia.com/gpu': '1' } : {};
  return { requests: { ...amounts, ...device }, limits: { ...amounts, ...device } };
}

/** What the level `restricted` of the Pod Security Standards asks for, and a root that cannot be written. */
export function hardened<Container extends V1Container>(container: Container): Container {
  return {
    ...container,
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
}

/** How long a pod stays on a node that is gone. */
export function lostNodeTolerations({ nodes }: ClusterConfiguration) {
  return ['not-ready', 'unreachable'].map((state) => ({
    key: `node.kubernetes.io/${state}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: nodes.lostAfterSeconds,
  }));
}

interface PodOptions {
  component: Component;
  serviceAccount: string;
  user: number;
  containers: V1Container[];
  initContainers?: V1Container[];
  volumes: NonNullable<V1PodSpec['volumes']>;
  graceSeconds: number;
  /** Whether it speaks to the API of the cluster. */
  hasToken?: boolean;
  isJob?: boolean;
}

export function podSpec(configuration: ClusterConfiguration, options: PodOptions): V1PodSpec {
  const { nodes, image } = configuration;
  const {
    component,
    serviceAccount,
    user,
    containers,
    initContainers,
    volumes,
    graceSeconds,
    hasToken = false,
    isJob = false,
  } = options;
  return {
    serviceAccountName: serviceAccount,
    automountServiceAccountToken: hasToken,
    enableServiceLinks: false,
    ...(image.pullSecrets.length > 0 && { imagePullSecrets: image.pullSecrets.map((name) => ({ name })) }),
    ...(Object.keys(nodes.selector).length > 0 && { nodeSelector: nodes.selector }),
    ...(isJob && { restartPolicy: 'Never' }),
    terminationGracePeriodSeconds: graceSeconds,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    tolerations: lostNodeTolerations(configuration),
    ...(!isJob &&
      nodes.spreadBy.length > 0 && {
        topologySpreadConstraints: nodes.spreadBy.map((topologyKey) => ({
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: selectorOf(configuration, component) },
        })),
      }),
    ...(initContainers && { initContainers: initContainers.map(hardened) }),
    containers: containers.map(hardened),
    volumes,
  };
}

export function imageOf({ image }: ClusterConfiguration): string {
  return image.digest === null ? `${image.repository}:${image.tag}` : `${image.repository}@${image.digest}`;
}

export function httpProbe(path: string, port: string, numbers: Omit<V1Probe, 'httpGet'>): V1Probe {
  return { httpGet: { path, port }, timeoutSeconds: 3, ...numbers };
}

/** By which a Prometheus without an operator finds what to scrape: on a service, for each of its pods. */
export function scrapeAnnotations(site: Site, port: number, path: string): { annotations?: Record<string, string> } {
  if (!site.configuration.monitoring.isEnabled || site.hasPrometheus) return {};
  return {
    annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(port), 'prometheus.io/path': path },
  };
}

/** Room to write in that is gone with the pod. */
export function scratch(name: string, sizeLimit: string) {
  return { name, emptyDir: { sizeLimit } };
}
