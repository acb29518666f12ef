import type { ServerResponse } from 'node:http';
import type { Kind } from './kinds';
import { Refusal, reasons } from './refusal';
import { isSelected } from './selectors';
import type { Store, StoredEvent } from './store';

interface WatchRequest {
  query: URLSearchParams;
  kind: Kind;
  namespace: string | undefined;
  response: ServerResponse;
  /** Milliseconds between bookmarks. */
  bookmarkMs: number;
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes */
export function serveWatch(store: Store, { query, kind: wanted, namespace, response, bookmarkMs }: WatchRequest): void {
  const asked = query.get('resourceVersion') ?? '';
  const write = (event: Record<string, unknown>): void => void response.write(`${JSON.stringify(event)}\n`);
  const after = asked === '' || asked === '0' ? 0 : Number(asked);
  const missed = store.since(after);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  if (!missed && after > 0) {
    const { status } = new Refusal(410, reasons.expired, `too old resource version: ${asked} (${store.version()})`);
    write({ type: 'ERROR', object: status });
    response.end();
    return;
  }
  const shown = new Set<string>();
  const tell = ({ type, kind, object }: StoredEvent): void => {
    const { uid = '' } = object.metadata;
    if (kind !== wanted || (namespace && namespace !== object.metadata.namespace)) return;
    if (!isSelected(object, query)) {
      if (shown.delete(uid)) write({ type: 'DELETED', object });
      return;
    }
    shown.add(uid);
    write({ type, object });
  };
  for (const event of missed ?? []) tell(event);
  const stop = store.onEvent(tell);
  const bookmark = setInterval(() => {
    if (query.get('allowWatchBookmarks') !== 'true') return;
    const metadata = { resourceVersion: String(store.version()), creationTimestamp: null };
    write({ type: 'BOOKMARK', object: { kind: wanted.kind, apiVersion: wanted.apiVersion, metadata } });
  }, bookmarkMs);
  const seconds = Number(query.get('timeoutSeconds') ?? 1800);
  const end = setTimeout(() => response.end(), seconds * 1000);
  response.once('close', finish);
  function finish(): void {
    clearInterval(bookmark);
    clearTimeout(end);
    stop();
  }
}
