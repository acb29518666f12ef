import type { Cluster } from '../cluster';
import { at, type ObjectReference } from '../cluster/cluster-object';
import { isProblem } from '../cluster/cluster-problem';
import type { NeededSecret } from '../manifests/needed-secrets';
import { owned } from './ownership';

export interface LackingSecret {
  /** As `Secret elder/elder-database`. */
  namespace: string;
  name: string;
  /** Keys it lacks. */
  keys: readonly string[];
}

export interface MakeableSecret {
  reference: ObjectReference;
  make: NonNullable<NeededSecret['make']>;
}

const referenceTo = ({ namespace, name }: Pick<NeededSecret, 'namespace' | 'name'>): ObjectReference => ({
  apiVersion: 'v1',
  kind: 'Secret',
  namespace,
  name,
});

/** Secrets, or keys of them, that only people can give and have not given. Nothing is written. */
export async function findLackingSecrets(
  cluster: Cluster,
  needed: readonly NeededSecret[],
  signal?: AbortSignal,
): Promise<LackingSecret[]> {
  const lacking: LackingSecret[] = [];
  for (const need of needed) {
    const live = await cluster.find(referenceTo(need), signal);
    const { namespace, name } = need;
    const missing = live ? need.keys.filter((key) => at(live, 'data', key) === undefined) : need.make ? [] : need.keys;
    if (missing.length > 0 || (!live && !need.make)) lacking.push({ namespace, name, keys: missing });
  }
  return lacking;
}

/** Those that are not there and that we can make. */
export async function findMakeableSecrets(
  cluster: Cluster,
  needed: readonly NeededSecret[],
  signal?: AbortSignal,
): Promise<MakeableSecret[]> {
  const makeable: MakeableSecret[] = [];
  for (const { make, ...need } of needed) {
    if (make && !(await cluster.find(referenceTo(need), signal))) makeable.push({ reference: referenceTo(need), make });
  }
  return makeable;
}

/** Makes one; false where somebody else did meanwhile: its values are in use. */
export async function makeSecret(cluster: Cluster, { make }: MakeableSecret, signal?: AbortSignal): Promise<boolean> {
  try {
    await cluster.create(owned(make()), signal);
    return true;
  } catch (error) {
    if (isProblem(error, 'changedMeanwhile')) return false;
    throw error;
  }
}
