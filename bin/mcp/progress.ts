import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Progress } from '@/lib/facts/read-repository';

const INTERVAL_MS = 500;

/** Tells a client that asked for it where an audit stands. */
export function reportProgress(
  { _meta, sendNotification }: RequestHandlerExtra<ServerRequest, ServerNotification>,
  labels: Record<Progress['step'], string>,
): (progress: Progress) => void {
  const progressToken = _meta?.progressToken;
  let count = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  return ({ step, done, total }) => {
    const now = performance.now();
    if (progressToken === undefined || now - shownAt < INTERVAL_MS) return;
    shownAt = now;
    count += 1;
    const message = total > 1 ? `${labels[step]} ${Math.floor((done / total) * 100)} %` : labels[step];
    const params = { progressToken, progress: count, message };
    // A client that went away hears nothing.
    sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}
