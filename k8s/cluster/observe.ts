import { AppError } from '@/lib/errors';
import type { ClusterObject } from './cluster-object';
import { clusterProblemOf, isProblem } from './cluster-problem';
import { jittered, type Transport, wait } from './transport';

export interface Selector {
  /** As `app=web,tier!=db`. */
  labels?: string | undefined;
  /** As `metadata.name=web`. */
  fields?: string | undefined;
}

interface ObserveOptions extends Selector {
  signal?: AbortSignal | undefined;
  /** Wait before a watch that broke is begun again; doubled each time, up to half a minute. */
  waitMs?: number;
}

interface List {
  items: ClusterObject[];
  resourceVersion: string;
}

/** Objects by `namespace/name`. */
export type Observed = ReadonlyMap<string, ClusterObject>;

/** The server is asked to end a watch before this client gives one up that went silent. */
const WATCH_SECONDS = 50;
const SILENT_MS = 65_000;
/** What a later try cannot mend. */
const FINAL = ['unauthenticated', 'forbidden', 'kindMissing', 'invalid', 'tls'] as const;

/**
 * What a collection holds, and again after each change. A watch that ends is begun where it was, one that is too old
 * by a new list: https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export async function* observe(
  transport: Transport,
  path: string,
  list: () => Promise<List>,
  { labels, fields, signal, waitMs = 500 }: ObserveOptions,
): AsyncGenerator<Observed, never, undefined> {
  const objects = new Map<string, ClusterObject>();
  let version = '';
  let failed = 0;
  while (true) {
    try {
      if (version === '') {
        const { items, resourceVersion } = await list();
        objects.clear();
        for (const item of items) objects.set(placeOf(item), item);
        version = resourceVersion;
        yield objects;
      }
      for await (const event of watchOnce(transport, path, { labels, fields, signal, version })) {
        failed = 0;
        const { object } = event;
        if (event.type === 'ERROR') {
          if ((object as { code?: number }).code === 410) version = '';
          break;
        }
        version = object.metadata.resourceVersion ?? version;
        if (event.type === 'BOOKMARK') continue;
        if (event.type === 'DELETED') objects.delete(placeOf(object));
        else objects.set(placeOf(object), object);
        yield objects;
      }
    } catch (error) {
      if (signal?.aborted) throw new AppError('cancelled', 'cancelled', { cause: error });
      if (clusterProblemOf(error) && isProblem(error, ...FINAL)) throw error;
      if (isProblem(error, 'expired')) version = '';
    }
    await wait(jittered(waitMs * 2 ** failed++), signal);
  }
}

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: ClusterObject;
}

async function* watchOnce(
  transport: Transport,
  path: string,
  { labels, fields, signal, version }: Selector & { signal: AbortSignal | undefined; version: string },
): AsyncGenerator<WatchEvent> {
  const over = new AbortController();
  const ends = [over.signal, AbortSignal.timeout(SILENT_MS), ...(signal ? [signal] : [])];
  try {
    const response = await transport.stream({
      path,
      query: {
        watch: true,
        allowWatchBookmarks: true,
        resourceVersion: version,
        timeoutSeconds: WATCH_SECONDS,
        labelSelector: labels,
        fieldSelector: fields,
      },
      signal: AbortSignal.any(ends),
    });
    for await (const line of linesOf(response.body)) yield JSON.parse(line);
  } finally {
    over.abort();
  }
}

async function* linesOf(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body ?? []) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield line;
  }
}

const placeOf = ({ metadata }: ClusterObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;
