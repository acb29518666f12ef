import type { ClusterObject } from '@/k8s/cluster/cluster-object';
import type { Goal, Phase, PlannedObject } from '@/k8s/phase';

const labels = (name: string) => ({ 'app.kubernetes.io/name': 'ancient-elder', 'app.kubernetes.io/component': name });

export const NAMESPACE = 'elder';

export function namespace(name = NAMESPACE): ClusterObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

export function configMap(name: string, data: Record<string, string> = {}): ClusterObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: NAMESPACE }, data };
}

export function claim(name: string): ClusterObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: NAMESPACE },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
}

export function deployment(name: string, spec: Record<string, unknown> = {}): ClusterObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE, labels: labels(name) },
    spec: {
      selector: { matchLabels: labels(name) },
      template: {
        metadata: { labels: labels(name) },
        spec: { containers: [{ name: 'main', image: 'elder:1', ports: [{ containerPort: 8080 }] }] },
      },
      ...spec,
    },
  };
}

export function job(name: string, image = 'elder:1'): ClusterObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: NAMESPACE },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'check', image }] } } },
  };
}

export function planned(object: ClusterObject, goal: Goal = 'present', timeoutSeconds = 5): PlannedObject {
  return {
    object,
    goal,
    timeoutSeconds,
    recovery: `look-at-${object.kind.toLowerCase()}`,
  };
}

export function phase(name: Phase['name'], ...objects: PlannedObject[]): Phase {
  return { name, objects, missingEngines: [] };
}

/** A small plan that touches every kind of goal. */
export function smallPlan({ image = 'elder:1', settings = 'a' } = {}): Phase[] {
  const worker = deployment('worker', { replicas: 2 });
  return [
    phase('infrastructure', planned(namespace()), planned(configMap('settings', { value: settings }))),
    phase('storage', planned(claim('data'), 'bound')),
    phase('workers', planned(worker, 'rolled-out')),
    phase('validation', planned(job('check', image), 'succeeded')),
  ];
}
