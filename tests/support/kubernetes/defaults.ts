import type { ClusterObject } from '@/k8s/cluster/cluster-object';

type Fields = Record<string, unknown>;

/** What the server fills in: https://kubernetes.io/docs/reference/kubernetes-api/, of the kinds that tests apply. */
export function withDefaults(object: ClusterObject): ClusterObject {
  const filled = structuredClone(object);
  const spec = filled.spec as Fields | undefined;
  switch (filled.kind) {
    case 'Deployment':
    case 'StatefulSet':
      if (spec) {
        spec.replicas ??= 1;
        spec.revisionHistoryLimit ??= 10;
        if (filled.kind === 'Deployment') spec.progressDeadlineSeconds ??= 600;
        fillPod((spec.template as Fields | undefined)?.spec as Fields | undefined, 'Always');
      }
      break;
    case 'Job':
      if (spec) {
        spec.backoffLimit ??= 6;
        spec.completions ??= 1;
        spec.parallelism ??= 1;
        fillPod((spec.template as Fields | undefined)?.spec as Fields | undefined, undefined);
      }
      break;
    case 'Service':
      if (spec) {
        spec.type ??= 'ClusterIP';
        spec.sessionAffinity ??= 'None';
        spec.clusterIP ??= '10.96.0.10';
        for (const port of (spec.ports as Fields[] | undefined) ?? []) port.protocol ??= 'TCP';
      }
      break;
    case 'Secret': {
      filled.type ??= 'Opaque';
      // Write-only: https://kubernetes.io/docs/concepts/configuration/secret/
      const { stringData, ...rest } = filled as ClusterObject & { stringData?: Record<string, string> };
      if (!stringData) break;
      const data = Object.fromEntries(
        Object.entries(stringData).map(([name, text]) => [name, Buffer.from(text).toString('base64')]),
      );
      return { ...rest, data: { ...(rest.data as Fields | undefined), ...data } };
    }
    case 'Namespace':
      filled.status ??= { phase: 'Active' };
      break;
    case 'PersistentVolumeClaim':
      filled.status ??= { phase: 'Pending' };
      break;
  }
  return filled;
}

function fillPod(pod: Fields | undefined, restartPolicy: string | undefined): void {
  if (!pod) return;
  if (restartPolicy) pod.restartPolicy ??= restartPolicy;
  pod.dnsPolicy ??= 'ClusterFirst';
  for (const container of [pod.containers, pod.initContainers].flatMap(
    (list) => (list as Fields[] | undefined) ?? [],
  )) {
    container.terminationMessagePath ??= '/dev/termination-log';
    container.terminationMessagePolicy ??= 'File';
    container.imagePullPolicy ??= 'IfNotPresent';
    for (const port of (container.ports as Fields[] | undefined) ?? []) port.protocol ??= 'TCP';
  }
}
