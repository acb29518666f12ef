import type { KubernetesObject, V1Container, V1PodSpec } from '@kubernetes/client-node';
import { buildPhases } from '@/k8s/manifests/build-phases';
import type { Case } from './cluster-configurations';

/** An object as data, to look into. */
export type Tree = KubernetesObject & { spec?: Record<string, unknown>; [key: string]: unknown };

export interface PlannedPod {
  /** As `Deployment elder-web`. */
  owner: string;
  labels: Record<string, string>;
  spec: V1PodSpec;
}

export function plannedObjects({ configuration, engines }: Case): Tree[] {
  return buildPhases(configuration, engines).flatMap(({ objects }) => objects.map(({ object }) => object as Tree));
}

/** The pods that objects of ours make; those of operators are theirs. */
export function plannedPods(objects: readonly Tree[]): PlannedPod[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    const template = kind === 'CronJob' ? at(spec, 'jobTemplate', 'spec', 'template') : at(spec, 'template');
    if (template === undefined || !['Deployment', 'StatefulSet', 'Job', 'CronJob'].includes(kind ?? '')) return [];
    const { metadata: about, spec: pod } = template as {
      metadata: { labels: Record<string, string> };
      spec: V1PodSpec;
    };
    return [{ owner: `${kind} ${metadata?.name}`, labels: about.labels, spec: pod }];
  });
}

export function containersOf({ spec }: PlannedPod): V1Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
}

export function matches(
  selector: Record<string, string>,
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  return Object.entries(selector).every(([key, value]) => labels?.[key] === value);
}
