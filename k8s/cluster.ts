import { at, type ClusterObject, type ObjectReference, referenceOf } from './cluster/cluster-object';
import { clusterError, isProblem } from './cluster/cluster-problem';
import { loadKubeConfig, type WhichCluster } from './cluster/kube-config';
import { type Observed, observe, type Selector } from './cluster/observe';
import { createResources } from './cluster/resources';
import { createTransport, type TransportOptions } from './cluster/transport';

/** Who owns the fields that we apply. */
export const FIELD_MANAGER = 'ancient-elder';
/** Another name for what scalers write: an apply would come into conflict with the same name used for updates. */
export const SCALE_MANAGER = 'ancient-elder-scaler';

type Kind = Pick<ObjectReference, 'apiVersion' | 'kind' | 'namespace'>;

export interface ApplyOptions {
  /** The server checks all and keeps nothing. */
  isDryRun?: boolean;
  /** Takes fields away from those who own them. */
  isForced?: boolean;
  manager?: string;
  signal?: AbortSignal | undefined;
}

export interface RemoveOptions {
  /** Only this very object, not one of its name that came since. */
  uid?: string | undefined;
  propagation?: 'Foreground' | 'Background' | 'Orphan';
  signal?: AbortSignal | undefined;
}

/** A cluster. Every method throws an AppError whose details are `ClusterProblemDetails`, or `cancelled`. */
export interface Cluster {
  /** Name of the context. */
  readonly name: string;
  /** API groups that discovery shows. */
  engines(signal?: AbortSignal): Promise<ReadonlySet<string>>;
  /** Server-side apply of all that the object says, and nothing else; unknown fields are refused. */
  apply(object: unknown, options?: ApplyOptions): Promise<ClusterObject>;
  /** null where there is none. */
  find(reference: ObjectReference, signal?: AbortSignal): Promise<ClusterObject | null>;
  /** All of them, or the first `most`. */
  list(kind: Kind, selector?: ListSelector, signal?: AbortSignal): Promise<ClusterObject[]>;
  /** Throws `changedMeanwhile` when it exists. */
  create(object: ClusterObject, signal?: AbortSignal): Promise<ClusterObject>;
  /** Throws `changedMeanwhile` unless `resourceVersion` is the newest. */
  replace(object: ClusterObject, signal?: AbortSignal): Promise<ClusterObject>;
  /** Asks for the deletion; false where there was nothing. Finalizers may keep it a while. */
  remove(reference: ObjectReference, options?: RemoveOptions): Promise<boolean>;
  /** The objects, and again after each change, without end. */
  watch(kind: Kind, selector?: Selector, signal?: AbortSignal): AsyncGenerator<Observed, never, undefined>;
  /** Replicas that are asked for, by the subresource that scalers use. */
  readScale(reference: ObjectReference, signal?: AbortSignal): Promise<ReadScale>;
  /** Throws `changedMeanwhile` when it is not the version that is given. */
  scale(reference: ObjectReference, replicas: number, options?: ScaleOptions): Promise<void>;
  /** The end of a container's log. */
  podLog(pod: { namespace: string; name: string }, options: PodLogOptions): Promise<string>;
}

export interface ListSelector extends Selector {
  most?: number;
}

export interface ReadScale {
  asked: number;
  present: number;
  resourceVersion: string;
}

export interface ScaleOptions {
  resourceVersion?: string;
  signal?: AbortSignal | undefined;
}

export interface PodLogOptions {
  container?: string | undefined;
  lines: number;
  /** Of the run before, which ended. */
  isPrevious?: boolean;
  signal?: AbortSignal | undefined;
}

const PAGE = 250;
const LARGEST_LOG_BYTES = 64_000;

/** Reads the kubeconfig; asks nothing of the cluster yet. */
export function connectCluster(which: WhichCluster = {}, options: TransportOptions = {}): Cluster {
  const transport = createTransport(() => loadKubeConfig(which), options);
  const resources = createResources(transport);
  const { pathOf } = resources;

  async function page(path: string, selector: ListSelector, more: string | undefined, signal: AbortSignal | undefined) {
    const limit = Math.min(PAGE, selector.most ?? PAGE);
    const query = { limit, continue: more, labelSelector: selector.labels, fieldSelector: selector.fields };
    return (await transport.json({ path, query, signal })) as {
      metadata?: { continue?: string; resourceVersion?: string };
      items?: ClusterObject[];
    };
  }

  async function listAll(kind: Kind, selector: ListSelector, signal: AbortSignal | undefined) {
    const path = await resources.collectionOf(kind, signal);
    const items: ClusterObject[] = [];
    let resourceVersion = '';
    let more: string | undefined;
    do {
      const { metadata, items: some = [] } = await page(path, selector, more, signal);
      // Items of a list do not say what they are.
      items.push(...some.map((item) => ({ ...item, apiVersion: kind.apiVersion, kind: kind.kind })));
      resourceVersion = metadata?.resourceVersion ?? '';
      more = metadata?.continue || undefined;
    } while (more && items.length < (selector.most ?? Number.POSITIVE_INFINITY));
    return { items, resourceVersion };
  }

  return {
    name: transport.cluster,
    engines: resources.engines,

    async apply(object, { isDryRun = false, isForced = false, manager = FIELD_MANAGER, signal } = {}) {
      const reference = referenceOf(object as ClusterObject);
      return (await transport.json({
        method: 'PATCH',
        path: await pathOf(reference, signal),
        query: {
          fieldManager: manager,
          fieldValidation: 'Strict',
          ...(isForced && { force: true }),
          ...(isDryRun && { dryRun: 'All' }),
        },
        body: object,
        contentType: 'application/apply-patch+yaml',
        object: reference,
        signal,
      })) as ClusterObject;
    },

    async find(reference, signal) {
      try {
        const path = await pathOf(reference, signal);
        return (await transport.json({ path, object: reference, signal })) as ClusterObject;
      } catch (error) {
        if (isProblem(error, 'notFound', 'namespaceMissing', 'kindMissing')) return null;
        throw error;
      }
    },

    list: async (kind, selector = {}, signal) => (await listAll(kind, selector, signal)).items,

    async create(object, signal) {
      const reference = referenceOf(object);
      const path = await resources.collectionOf(reference, signal);
      const query = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' };
      const ask = { method: 'POST', path, query, body: object, object: reference, signal } as const;
      return (await transport.json(ask)) as ClusterObject;
    },

    async replace(object, signal) {
      const reference = referenceOf(object);
      const path = await pathOf(reference, signal);
      const query = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' };
      const ask = { method: 'PUT', path, query, body: object, object: reference, signal } as const;
      return (await transport.json(ask)) as ClusterObject;
    },

    async remove(reference, { uid, propagation = 'Background', signal } = {}) {
      try {
        await transport.json({
          method: 'DELETE',
          path: await pathOf(reference, signal),
          body: {
            apiVersion: 'v1',
            kind: 'DeleteOptions',
            propagationPolicy: propagation,
            ...(uid && { preconditions: { uid } }),
          },
          object: reference,
          signal,
        });
        return true;
      } catch (error) {
        if (isProblem(error, 'notFound', 'namespaceMissing', 'kindMissing')) return false;
        throw error;
      }
    },

    async *watch(kind, selector = {}, signal) {
      const path = await resources.collectionOf(kind, signal);
      const list = () => listAll(kind, selector, signal);
      return yield* observe(transport, path, list, { ...selector, signal, waitMs: options.waitMs ?? 500 });
    },

    async readScale(reference, signal) {
      const path = await pathOf(reference, signal, 'scale');
      const scale = await transport.json({ path, object: reference, signal });
      const [asked, present] = [at(scale, 'spec', 'replicas'), at(scale, 'status', 'replicas')];
      return {
        asked: typeof asked === 'number' ? asked : 0,
        present: typeof present === 'number' ? present : 0,
        resourceVersion: String(at(scale, 'metadata', 'resourceVersion') ?? ''),
      };
    },

    async scale(reference, replicas, { resourceVersion, signal } = {}) {
      if (!Number.isSafeInteger(replicas) || replicas < 0) {
        throw clusterError('invalid', { cluster: transport.cluster, object: reference }, `replicas: ${replicas}`);
      }
      await transport.json({
        method: 'PATCH',
        path: await pathOf(reference, signal, 'scale'),
        query: { fieldManager: SCALE_MANAGER },
        body: { ...(resourceVersion && { metadata: { resourceVersion } }), spec: { replicas } },
        contentType: 'application/merge-patch+json',
        object: reference,
        signal,
      });
    },

    async podLog({ namespace, name }, { container, lines, isPrevious, signal }) {
      const object = { apiVersion: 'v1', kind: 'Pod', namespace, name };
      return transport.text({
        path: await pathOf(object, signal, 'log'),
        query: { container, tailLines: lines, limitBytes: LARGEST_LOG_BYTES, ...(isPrevious && { previous: true }) },
        accept: '*/*',
        object,
        signal,
      });
    },
  };
}
