import { type ClusterObject, groupOf, type ObjectReference } from './cluster-object';
import { clusterError, isProblem } from './cluster-problem';
import type { Transport } from './transport';

export interface Resource {
  plural: string;
  isNamespaced: boolean;
}

interface ResourceList {
  resources?: { name: string; kind: string; namespaced: boolean }[];
}
interface GroupList {
  groups?: { name: string }[];
}

/** Where each kind is asked for, as the cluster itself says: https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api */
export function createResources(transport: Transport) {
  const kept = new Map<string, Promise<ReadonlyMap<string, Resource>>>();

  async function read(apiVersion: string, signal: AbortSignal | undefined): Promise<ReadonlyMap<string, Resource>> {
    const path = rootOf(apiVersion);
    const list = (await transport.json({ path, signal })) as ResourceList;
    const own = (list.resources ?? []).filter(({ name }) => !name.includes('/'));
    return new Map(own.map(({ name, kind, namespaced }) => [kind, { plural: name, isNamespaced: namespaced }]));
  }

  /** Throws `kindMissing`; what an operator brought since is found. */
  async function resourceOf(
    { apiVersion, kind, ...named }: Pick<ObjectReference, 'apiVersion' | 'kind'> & Partial<ObjectReference>,
    signal?: AbortSignal,
  ): Promise<Resource> {
    const known = await kept.get(apiVersion)?.catch(() => undefined);
    const found = known?.get(kind);
    if (found) return found;
    const object = { apiVersion, kind, name: named.name ?? '', namespace: named.namespace };
    const reading = read(apiVersion, signal);
    kept.set(apiVersion, reading);
    try {
      const resource = (await reading).get(kind);
      if (resource) return resource;
    } catch (error) {
      kept.delete(apiVersion);
      if (!isProblem(error, 'kindMissing', 'notFound')) throw error;
    }
    throw clusterError('kindMissing', { cluster: transport.cluster, object }, `${apiVersion} ${kind}`);
  }

  return {
    /** The API groups the cluster serves: which engines it has. */
    async engines(signal?: AbortSignal): Promise<ReadonlySet<string>> {
      const { groups = [] } = (await transport.json({ path: '/apis', signal })) as GroupList;
      return new Set(groups.map(({ name }) => name));
    },

    /** `subresource` such as `scale`. */
    async pathOf(reference: ObjectReference, signal?: AbortSignal, subresource?: string): Promise<string> {
      const resource = await resourceOf(reference, signal);
      const path = `${collection(reference, resource)}/${encodeURIComponent(reference.name)}`;
      return subresource ? `${path}/${subresource}` : path;
    },

    /** Of all namespaces unless one is named. */
    async collectionOf(
      kind: Pick<ObjectReference, 'apiVersion' | 'kind' | 'namespace'>,
      signal?: AbortSignal,
    ): Promise<string> {
      return collection(kind, await resourceOf(kind, signal));
    },
  };
}

function rootOf(apiVersion: string): string {
  return groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
}

function collection(
  { apiVersion, namespace }: Pick<ClusterObject, 'apiVersion'> & { namespace?: string | undefined },
  { plural, isNamespaced }: Resource,
): string {
  const inside = isNamespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${rootOf(apiVersion)}${inside}/${plural}`;
}
