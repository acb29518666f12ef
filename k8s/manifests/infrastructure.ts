import type { KnownToPods } from '@/lib/schemas/known-to-pods';
import type { PlannedObject } from '../phase';
import { type Manifest, planned } from './manifest';
import { metadataOf, nameOf, PRODUCT } from './names';
import { networkPolicies } from './network-policies';
import { ownScaled, type Site, scales } from './site';

/** Accounts of pods: each part its own, none may do anything but the one that scales. */
export const SERVICE_ACCOUNTS = ['web', 'worker', 'maintain', 'job', 'store'] as const;
export type ServiceAccount = (typeof SERVICE_ACCOUNTS)[number];

const POD_SECURITY_VERSION = 'latest';

export function infrastructure(site: Site): PlannedObject[] {
  return [
    planned(namespace(site), 'present', 'namespace'),
    ...SERVICE_ACCOUNTS.filter((account) => (account !== 'maintain' && account !== 'worker') || !site.isEmbedded).map(
      (account) => planned(serviceAccount(site, account), 'present', 'access'),
    ),
    ...(scales(site) ? scalingRights(site).map((object) => planned(object, 'present', 'access')) : []),
    planned(configurationMap(site), 'present', 'access'),
    ...networkPolicies(site).map((object) => planned(object, 'present', 'network-policy')),
  ];
}

function namespace({ configuration }: Site): Manifest {
  const level = configuration.security.podSecurity;
  const levels = ['enforce', 'audit', 'warn'].flatMap((action) => [
    [`pod-security.kubernetes.io/${action}`, level],
    [`pod-security.kubernetes.io/${action}-version`, POD_SECURITY_VERSION],
  ]);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: configuration.namespace,
      labels: { 'app.kubernetes.io/part-of': PRODUCT, ...Object.fromEntries(levels) },
    },
  };
}

function serviceAccount(
  { configuration }: Site,
  account: ServiceAccount,
): Manifest & { automountServiceAccountToken: boolean } {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadataOf(configuration, nameOf(configuration, account)),
    automountServiceAccountToken: false,
  };
}

/** The replicas of the workers that we scale ourselves, and the Lease by which one of those who could does. */
function scalingRights(site: Site): Manifest[] {
  const { configuration } = site;
  const name = nameOf(configuration, 'scaling');
  const deployments = ownScaled(site).map((kind) => nameOf(configuration, `worker-${kind}`));
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: metadataOf(configuration, name),
    rules: [
      { apiGroups: ['apps'], resources: ['deployments'], resourceNames: deployments, verbs: ['get'] },
      {
        apiGroups: ['apps'],
        resources: ['deployments/scale'],
        resourceNames: deployments,
        verbs: ['get', 'patch', 'update'],
      },
      // The name of what is made cannot be limited: it is not known when the right is asked for.
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
      {
        apiGroups: ['coordination.k8s.io'],
        resources: ['leases'],
        resourceNames: [scalingLease(site)],
        verbs: ['get', 'patch', 'update'],
      },
    ],
  };
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: metadataOf(configuration, name),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: nameOf(configuration, 'maintain'), namespace: configuration.namespace }],
  };
  return [role, binding];
}

export function scalingLease({ configuration }: Site): string {
  return nameOf(configuration, 'scaling');
}

/** What pods may know of how they lie: enough to scale the workers. */
function configurationMap(site: Site): Manifest & { data: Record<string, string> } {
  const { configuration } = site;
  const scaled = ownScaled(site).map((kind) => {
    const { minReplicas, maxReplicas, concurrency, scaling: strategy } = configuration.workers[kind];
    return {
      kind,
      deployment: nameOf(configuration, `worker-${kind}`),
      minReplicas,
      maxReplicas,
      concurrency,
      strategy,
    };
  });
  const known: KnownToPods = {
    namespace: configuration.namespace,
    scaling: { lease: scalingLease(site), scaled },
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(configuration, nameOf(configuration, 'cluster')),
    data: { 'cluster.json': `${JSON.stringify(known, null, 2)}\n` },
  };
}
