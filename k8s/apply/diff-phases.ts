import type { Cluster } from '../cluster';
import { type ClusterObject, groupOf, labelOf, type ObjectReference, referenceOf } from '../cluster/cluster-object';
import { type ClusterProblemDetails, clusterProblemOf, isProblem } from '../cluster/cluster-problem';
import type { NeededSecret } from '../manifests/needed-secrets';
import type { Phase, PhaseName, PlannedObject } from '../phase';
import { previewObject } from './apply-object';
import { type ApplyRecord, isDoneJob, readRecord } from './apply-record';
import { type FieldChange, fieldChanges } from './field-changes';
import { findLackingSecrets, type LackingSecret } from './needed-secrets';
import { staysBehind } from './ownership';
import { findSuperfluous } from './prune';

export interface ObjectDifference {
  phase: PhaseName | null;
  /** As `Deployment elder/web`. */
  object: string;
  /**
   * `unchecked`: the server can only tell when its namespace or kind, which the plan brings, is there. `remove` and `keep`
   * are what no phase has any more.
   */
  change: 'create' | 'change' | 'same' | 'refused' | 'unchecked' | 'remove' | 'keep';
  fields: readonly FieldChange[];
  problem: ClusterProblemDetails | null;
  recovery: string | null;
}

export interface Difference {
  objects: readonly ObjectDifference[];
  lackingSecrets: readonly LackingSecret[];
}

export interface DiffRequest {
  namespace: string;
  phases: readonly Phase[];
  secrets?: readonly NeededSecret[];
  isForced?: boolean;
  withData?: boolean;
  signal?: AbortSignal | undefined;
}

/** What an apply would change, as the server itself says; nothing is kept. */
export async function diffPhases(cluster: Cluster, request: DiffRequest): Promise<Difference> {
  const { namespace, phases, secrets = [], signal } = request;
  const coming = broughtBy(phases);
  const objects: ObjectDifference[] = [];
  const record = await readRecord(cluster, namespace, signal);
  for (const phase of phases) {
    for (const planned of phase.objects)
      objects.push(await diffObject(cluster, phase, planned, { coming, record }, request));
  }
  const planned = phases.flatMap((phase) => phase.objects.map(({ object }) => referenceOf(object)));
  const needed = new Set(secrets.map(({ name }) => name));
  for (const reference of findSuperfluous(record?.inventory ?? [], planned)) {
    if (reference.kind === 'Secret' && needed.has(reference.name)) continue;
    const live = await cluster.find(reference, signal);
    if (live) objects.push(leaving(reference, live, request.withData ?? false));
  }
  return { objects, lackingSecrets: await findLackingSecrets(cluster, secrets, signal) };
}

function leaving(reference: ObjectReference, live: ClusterObject, withData: boolean): ObjectDifference {
  const change = staysBehind(reference, live, withData) ? 'keep' : 'remove';
  return { phase: null, object: labelOf(reference), change, fields: [], problem: null, recovery: null };
}

interface Brought {
  namespaces: ReadonlySet<string>;
  groups: ReadonlySet<string>;
}

/** What the plan itself brings, so that its lack is no fault yet. */
function broughtBy(phases: readonly Phase[]): Brought {
  const objects = phases.flatMap((phase) => phase.objects.map(({ object }) => object));
  const named = (kind: string) => objects.filter((each) => each.kind === kind);
  const groups = named('CustomResourceDefinition').map(({ spec }) => String((spec as { group?: string })?.group));
  return { namespaces: new Set(named('Namespace').map(({ metadata }) => metadata.name)), groups: new Set(groups) };
}

async function diffObject(
  cluster: Cluster,
  phase: Phase,
  planned: PlannedObject,
  { coming, record }: { coming: Brought; record: ApplyRecord | null },
  { isForced = false, signal }: DiffRequest,
): Promise<ObjectDifference> {
  const { object, recovery } = planned;
  const reference = referenceOf(object);
  const about = { phase: phase.name, object: labelOf(reference), recovery };
  const live = await cluster.find(reference, signal);
  if (!live && isDoneJob(record, phase, planned)) return { ...about, change: 'same', fields: [], problem: null };
  try {
    const next = await previewObject(cluster, object, live, { isForced, signal });
    const fields = fieldChanges(live, next);
    return { ...about, change: live ? (fields.length > 0 ? 'change' : 'same') : 'create', fields, problem: null };
  } catch (error) {
    const problem = clusterProblemOf(error);
    if (!problem) throw error;
    const isComing =
      (isProblem(error, 'namespaceMissing') && coming.namespaces.has(reference.namespace ?? '')) ||
      (isProblem(error, 'kindMissing') && coming.groups.has(groupOf(reference.apiVersion)));
    return { ...about, change: isComing ? 'unchecked' : 'refused', fields: [], problem };
  }
}
