import { isIP } from 'node:net';
import { Agent, type Dispatcher, Headers, type Response, fetch as send } from 'undici';
import { AppError, isAppError } from '@/lib/errors';
import { type AddressRules, isLoopback, pinAddress } from '@/lib/git/address-guard';
import { limitBody } from './limit-body';
import { outgoingProblem } from './outgoing-problem';

export interface OutgoingOptions {
  rules: AddressRules;
  /** For the whole exchange, body included. */
  timeoutMs: number;
  /** Of a response's body, unpacked. */
  maxBytes: number;
  /** Redirects of GET and HEAD that are followed, each checked like the first address; others are never followed. */
  maxRedirects: number;
}

/** A request that leaves the product; its body is at hand, so that it can be sent again. */
export interface OutgoingRequest {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
}

export type OutgoingFetch = (url: string | URL, request?: OutgoingRequest) => Promise<Response>;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PORTS = { 'https:': ['', '443', '8443'], 'http:': ['', '80'] } as const;
const SECRET_HEADERS = ['authorization', 'cookie', 'private-token', 'proxy-authorization'];

/**
 * The way to speak HTTP to machines that teams name; what its operator names (a cluster, a store, who people sign in with) is also
 * spoken to by libraries of their own. An address is resolved, checked, and connected to as it was checked; redirects are checked
 * anew and lose credentials when they leave the origin. Throws `AppError` with an `outgoing_…` code.
 */
export function createOutgoingFetch(options: OutgoingOptions): OutgoingFetch & AsyncDisposable {
  const { rules, timeoutMs, maxBytes, maxRedirects } = options;
  const agent = guardedAgent(rules);

  async function fetchOnce(url: URL, request: OutgoingRequest, signal: AbortSignal): Promise<Response> {
    checkUrl(url, rules);
    // A literal address is connected to without a look-up.
    if (isIP(bareHost(url)) !== 0) await pinAddress({ host: bareHost(url), port: portOf(url) }, rules);
    const { method = 'GET', headers = {}, body } = request;
    return send(url, {
      method,
      headers: { 'accept-encoding': 'gzip, deflate', ...headers },
      body: body ?? null,
      redirect: 'manual',
      dispatcher: agent,
      signal,
    });
  }

  async function follow(start: URL, request: OutgoingRequest): Promise<Response> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    let url = start;
    let headers = new Headers({ ...request.headers });
    try {
      for (let hops = 0; ; hops++) {
        const sent = { ...request, headers: Object.fromEntries(headers) };
        const response = await fetchOnce(url, sent, signal);
        const next = redirectOf(response, url);
        if (next === null) return limitBody(response, maxBytes, (error) => problemOf(error, timeout, url));
        await response.body?.cancel();
        const isRead = ['GET', 'HEAD'].includes((request.method ?? 'GET').toUpperCase());
        if (!isRead || hops >= maxRedirects) {
          throw new AppError('outgoing_redirected', `${url.host} answers with a redirect`, {
            details: { host: url.host },
          });
        }
        if (next.origin !== url.origin) headers = withoutSecrets(headers);
        url = next;
      }
    } catch (error) {
      request.signal?.throwIfAborted();
      throw problemOf(error, timeout, url);
    }
  }

  const outgoing: OutgoingFetch = (url, request = {}) => follow(new URL(url), request);
  return Object.assign(outgoing, { [Symbol.asyncDispose]: () => agent.destroy() });
}

/** Connects to the address that was checked, whatever the name answers a moment later. */
function guardedAgent(rules: AddressRules): Dispatcher {
  return new Agent({
    connections: 16,
    keepAliveTimeout: 10_000,
    connect: {
      timeout: 10_000,
      lookup: (host, options, callback) => {
        const port = 'port' in options ? Number(options.port) : 0;
        pinAddress({ host, port }, rules).then(
          (address) => {
            const family = isIP(address);
            if (options.all) callback(null, [{ address, family }]);
            else callback(null, address, family);
          },
          (error: Error) => callback(error, '', 0),
        );
      },
    },
  });
}

function checkUrl(url: URL, rules: AddressRules): void {
  const host = bareHost(url);
  const allowed = rules.allowedHosts ?? [];
  const isAllowed = allowed.includes(url.host) || (url.port === '' && allowed.includes(url.hostname));
  const isLocal = rules.allowLocal === true && isLoopback(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (isLocal || isAllowed))) {
    throw new AppError('outgoing_protocol_refused', 'only https is allowed', { details: { host: url.host } });
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('outgoing_protocol_refused', 'credentials do not belong in an address');
  }
  if (isLocal || isAllowed) return;
  if (!PORTS[url.protocol].some((port) => port === url.port)) {
    throw new AppError('outgoing_address_refused', `port ${url.port} is not allowed`, { details: { host: url.host } });
  }
}

function redirectOf(response: Response, from: URL): URL | null {
  const location = response.headers.get('location');
  if (!REDIRECTS.has(response.status) || location === null) return null;
  if (!URL.canParse(location, from)) throw new AppError('outgoing_redirected', `${from.host} redirects to no address`);
  return new URL(location, from);
}

function withoutSecrets(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of SECRET_HEADERS) kept.delete(name);
  return kept;
}

function problemOf(error: unknown, timeout: AbortSignal, url: URL): AppError {
  if (isAppError(error) && error.code.startsWith('outgoing_')) return error;
  if (timeout.aborted) {
    const details = { host: url.host };
    return new AppError('outgoing_timeout', `${url.host} did not answer in time`, { cause: error, details });
  }
  return outgoingProblem(error, url);
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}
