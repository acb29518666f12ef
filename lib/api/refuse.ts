import type { IncomingMessage } from 'node:http';

const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];
const BODILESS = new Set(['GET', 'HEAD']);
/** Forms of pages are small; the API has its own, larger limit. */
const MAX_PAGE_BODY_BYTES = 64 * 1024;

export interface Refusal {
  status: 400 | 405 | 411 | 413;
  headers: Record<string, string>;
}

/** Steps of a path that somebody further in would resolve: it would not be the path that was looked at here. */
const STEPS = /(?:^|[/\\])(?:\.|%2e){1,2}(?:[/\\?#]|$)/i;

/** What neither the API nor a page shall see: methods nobody answers, paths with steps, bodies without a bound. Null lets it pass. */
export function refuse(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, isPage: boolean): Refusal | null {
  const { method = '', url = '', headers } = request;
  if (!METHODS.includes(method) || !url.startsWith('/')) return { status: 405, headers: { allow: METHODS.join(', ') } };
  if (STEPS.test(url.replace(/\?.*/s, ''))) return { status: 400, headers: {} };
  if (!isPage || BODILESS.has(method)) return null;
  // A length that is known beforehand is the only one that can be refused before it is read.
  if (headers['transfer-encoding'] !== undefined) return { status: 411, headers: { connection: 'close' } };
  const isTooLarge = Number(headers['content-length'] ?? 0) > MAX_PAGE_BODY_BYTES;
  return isTooLarge ? { status: 413, headers: { connection: 'close' } } : null;
}

export function methodLabel(method: string | undefined): string {
  return method && METHODS.includes(method) ? method : 'other';
}
