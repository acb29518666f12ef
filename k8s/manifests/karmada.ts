import type { ClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import type { PlannedObject } from '../phase';
import type { Manifest } from './manifest';
import { metadataOf, nameOf } from './names';

const COMPONENT = 'app.kubernetes.io/component';

/** Karmada makes the namespace itself, and scales by what stays with it. */
const OF_CONTROL_PLANE: ReadonlySet<string> = new Set(['Namespace', 'FederatedHPA']);

type Place = 'everywhere' | 'home' | 'workers';
type Placed = PlannedObject['object'];

interface Selector {
  apiVersion: string;
  kind: string;
  namespace: string;
  name?: string;
}

/**
 * Each object of the namespace by one policy: workers go to all clusters by weight, what belongs to no part or to a worker to
 * every cluster, all else stays in the first one. What lies in another namespace, as a Schedule of Velero, no policy can place.
 */
export function placementPolicies(configuration: ClusterConfiguration, planned: readonly Placed[]): Manifest[] {
  const { contexts, namespace } = configuration;
  const all = contexts.map(({ name }) => name);
  const objects = planned.filter(
    ({ kind = '', metadata }) => metadata?.namespace === namespace && !OF_CONTROL_PLANE.has(kind),
  );
  const policy = (place: Place, placement: object): (Manifest & { spec: object })[] => {
    const resourceSelectors = selectorsOf(place, objects, namespace);
    if (resourceSelectors.length === 0) return [];
    return [
      {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'PropagationPolicy',
        metadata: metadataOf(configuration, nameOf(configuration, place)),
        spec: { resourceSelectors, placement, conflictResolution: 'Abort' },
      },
    ];
  };
  const weights = contexts.map(({ name, weight }) => ({ targetCluster: { clusterNames: [name] }, weight }));
  return [
    ...policy('everywhere', { clusterAffinity: { clusterNames: all } }),
    ...policy('home', { clusterAffinity: { clusterNames: all.slice(0, 1) } }),
    ...policy('workers', {
      clusterAffinity: { clusterNames: all },
      replicaScheduling: {
        replicaSchedulingType: 'Divided',
        replicaDivisionPreference: 'Weighted',
        weightPreference: { staticWeightList: weights.filter(({ weight }) => weight > 0) },
      },
    }),
  ];
}

function placeOf({ kind, metadata }: Placed): Place {
  const component = metadata?.labels?.[COMPONENT];
  const isOfWorker = component?.startsWith('worker-') ?? false;
  if (kind === 'Deployment' && isOfWorker) return 'workers';
  return component === undefined || isOfWorker || kind === 'NetworkPolicy' ? 'everywhere' : 'home';
}

/** By kind where all of a kind go to one place, as Jobs do, whose names change; else by name. */
function selectorsOf(place: Place, objects: readonly Placed[], namespace: string): Selector[] {
  const selectors = new Map<string, Selector>();
  for (const object of objects) {
    if (placeOf(object) !== place) continue;
    const { apiVersion = '', kind = '', metadata } = object;
    const isWhole = objects.every((other) => other.kind !== kind || placeOf(other) === place);
    const named = isWhole ? {} : { name: metadata?.name ?? '' };
    const selector = { apiVersion, kind, ...named, namespace };
    selectors.set(JSON.stringify(selector), selector);
  }
  // No plan holds a Secret; pods everywhere name them.
  const secrets = place === 'everywhere' ? [{ apiVersion: 'v1', kind: 'Secret', namespace }] : [];
  return [...selectors.values(), ...secrets];
}
