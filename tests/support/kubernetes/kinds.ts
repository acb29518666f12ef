export interface Kind {
  apiVersion: string;
  kind: string;
  plural: string;
  isNamespaced: boolean;
  subresources: readonly string[];
  /** Came by a CustomResourceDefinition: lists are atomic, and only `fields` is known of its schema. */
  isCustom: boolean;
  /** Names that `spec` may have; any without. */
  specFields?: readonly string[];
}

const kind = (
  apiVersion: string,
  name: string,
  plural: string,
  { isNamespaced = true, subresources = [] as readonly string[] } = {},
): Kind => ({ apiVersion, kind: name, plural, isNamespaced, subresources, isCustom: false });

const WIDE = { isNamespaced: false };
const STATUS = { subresources: ['status'] };
const SCALED = { subresources: ['status', 'scale'] };

/** Of Kubernetes itself, as far as this product uses them. */
export const BUILT_IN: readonly Kind[] = [
  kind('v1', 'Namespace', 'namespaces', { isNamespaced: false, subresources: ['status'] }),
  kind('v1', 'Node', 'nodes', WIDE),
  kind('v1', 'PersistentVolume', 'persistentvolumes', WIDE),
  kind('v1', 'ConfigMap', 'configmaps'),
  kind('v1', 'Secret', 'secrets'),
  kind('v1', 'Service', 'services', STATUS),
  kind('v1', 'ServiceAccount', 'serviceaccounts'),
  kind('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', STATUS),
  kind('v1', 'Pod', 'pods', { subresources: ['status', 'log'] }),
  kind('v1', 'Event', 'events'),
  kind('v1', 'ResourceQuota', 'resourcequotas', STATUS),
  kind('v1', 'LimitRange', 'limitranges'),
  kind('apps/v1', 'Deployment', 'deployments', SCALED),
  kind('apps/v1', 'StatefulSet', 'statefulsets', SCALED),
  kind('apps/v1', 'DaemonSet', 'daemonsets', STATUS),
  kind('apps/v1', 'ReplicaSet', 'replicasets', SCALED),
  kind('batch/v1', 'Job', 'jobs', STATUS),
  kind('batch/v1', 'CronJob', 'cronjobs', STATUS),
  kind('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', STATUS),
  kind('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', STATUS),
  kind('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'),
  kind('networking.k8s.io/v1', 'Ingress', 'ingresses', STATUS),
  kind('rbac.authorization.k8s.io/v1', 'Role', 'roles'),
  kind('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings'),
  kind('rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', WIDE),
  kind('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'clusterrolebindings', WIDE),
  kind('scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses', WIDE),
  kind('storage.k8s.io/v1', 'StorageClass', 'storageclasses', WIDE),
  kind('coordination.k8s.io/v1', 'Lease', 'leases'),
];

/** A kind that a CustomResourceDefinition brings. */
export function customKind(
  apiVersion: string,
  name: string,
  plural: string,
  options: { isNamespaced?: boolean; specFields?: readonly string[]; subresources?: readonly string[] } = {},
): Kind {
  const { isNamespaced = true, subresources = ['status'], specFields } = options;
  return {
    apiVersion,
    kind: name,
    plural,
    isNamespaced,
    subresources,
    isCustom: true,
    ...(specFields && { specFields }),
  };
}
