import { at, type ClusterObject, type ObjectReference, referenceOf } from '@/k8s/cluster/cluster-object';
import type { ApiServer } from './api-server';

type Fields = Record<string, unknown>;

/** Names of objects that do not come to what they should, and why. */
export interface Trouble {
  /** A Deployment or StatefulSet whose pod ends again and again with this log. */
  crashes?: Readonly<Record<string, string>>;
  /** A Job that fails with this log. */
  fails?: Readonly<Record<string, string>>;
  /** Claims that no volume is found for. */
  pending?: readonly string[];
  /** What nothing is heard of. */
  silent?: readonly string[];
}

const condition = (type: string, status = 'True', reason = '', message = ''): Fields => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: new Date().toISOString(),
});

/** Plays the controllers of a cluster: what is written comes to its end, but for the trouble named. Reads `trouble` anew each time. */
export function runControllers(server: ApiServer, trouble: Trouble = {}): () => void {
  return server.onStored(({ type, object }) => {
    if (type === 'DELETED' || object.metadata.deletionTimestamp) return;
    const { name } = object.metadata;
    if (trouble.silent?.includes(name)) return;
    const status = statusFor(server, object, trouble);
    const reference = referenceOf(object);
    // A controller writes after the answer of the one who asked, never within.
    if (status) queueMicrotask(() => server.find(reference) && server.setStatus(reference, status));
  });
}

function statusFor(server: ApiServer, object: ClusterObject, trouble: Trouble): Fields | null {
  const { name, generation } = object.metadata;
  const observed = at(object, 'status', 'observedGeneration');
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
      if (observed === generation) return null;
      return workloadStatus(server, object, trouble.crashes?.[name]);
    case 'Job':
      if (at(object, 'status', 'conditions')) return null;
      return jobStatus(server, object, trouble.fails?.[name]);
    case 'PersistentVolumeClaim':
      if (at(object, 'status', 'phase') === 'Bound') return null;
      if (!trouble.pending?.includes(name)) return { phase: 'Bound' };
      if (at(object, 'status', 'phase') === 'Pending') return null;
      return { phase: 'Pending' };
    default:
      return null;
  }
}

function workloadStatus(server: ApiServer, object: ClusterObject, crash: string | undefined): Fields {
  const replicas = Number(at(object, 'spec', 'replicas') ?? 1);
  const { generation, namespace = '' } = object.metadata;
  if (crash === undefined) {
    const good = { replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas };
    const revisions = object.kind === 'StatefulSet' ? { currentRevision: 'r1', updateRevision: 'r1' } : {};
    return { observedGeneration: generation, ...good, ...revisions, conditions: [condition('Available')] };
  }
  failingPod(server, object, crash, {
    waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s restarting failed container' },
  });
  server.put(
    eventOf(
      namespace,
      { kind: 'Pod', name: `${object.metadata.name}-0` },
      'BackOff',
      'Back-off restarting failed container',
    ),
  );
  return {
    observedGeneration: generation,
    replicas,
    updatedReplicas: replicas,
    unavailableReplicas: replicas,
    conditions: [
      condition('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.'),
    ],
  };
}

function jobStatus(server: ApiServer, object: ClusterObject, log: string | undefined): Fields {
  if (log === undefined) return { succeeded: 1, conditions: [condition('Complete')] };
  failingPod(server, object, log, { terminated: { reason: 'Error', exitCode: 1 } });
  return {
    failed: 1,
    conditions: [condition('Failed', 'True', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit')],
  };
}

function failingPod(server: ApiServer, owner: ClusterObject, log: string, state: Fields): void {
  const { name, namespace = '' } = owner.metadata;
  const labels = (at(owner, 'spec', 'template', 'metadata', 'labels') ?? {}) as Record<string, string>;
  const containers = (at(owner, 'spec', 'template', 'spec', 'containers') ?? []) as { name: string }[];
  const container = containers[0]?.name ?? 'main';
  const pod = { apiVersion: 'v1', kind: 'Pod', namespace, name: `${name}-0` };
  if (server.find(pod)) return;
  const own: Record<string, string> = owner.kind === 'Job' ? { 'batch.kubernetes.io/job-name': name } : {};
  server.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: pod.name, namespace, labels: { ...labels, ...own } },
    spec: { containers },
    status: {
      phase: owner.kind === 'Job' ? 'Failed' : 'Running',
      conditions: [condition('Ready', 'False', 'ContainersNotReady')],
      containerStatuses: [{ name: container, ready: false, restartCount: 3, state, lastState: {} }],
    },
  });
  server.setLog(`${namespace}/${pod.name}`, log);
}

export function eventOf(
  namespace: string,
  involved: Pick<ObjectReference, 'kind' | 'name'>,
  reason: string,
  message: string,
): ClusterObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${involved.name}.${reason.toLowerCase()}`, namespace },
    involvedObject: { ...involved, namespace },
    reason,
    message,
    type: 'Warning',
    lastTimestamp: new Date().toISOString(),
  };
}
