import { setTimeout as pause } from 'node:timers/promises';
import { HttpMethod, type KubeConfig, RequestContext } from '@kubernetes/client-node';
import { type Dispatcher, fetch, type Response } from 'undici';
import { AppError } from '@/lib/errors';
import { at, type ObjectReference } from './cluster-object';
import { clusterError, isPassing, type Status, statusError } from './cluster-problem';

export interface Ask {
  method?: 'GET' | 'PATCH' | 'PUT' | 'POST' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  body?: unknown;
  contentType?: string;
  accept?: string;
  /** For errors. */
  object?: ObjectReference | null;
  signal?: AbortSignal | undefined;
}

export interface Transport {
  /** Name of the context. */
  readonly cluster: string;
  /** The answer as JSON. Waits as a busy server asks, and tries again what may pass. */
  json(ask: Ask): Promise<unknown>;
  text(ask: Ask): Promise<string>;
  /** A response that goes on; tried once. */
  stream(ask: Ask): Promise<Response>;
}

export interface TransportOptions {
  /** Tries of one request. */
  tries?: number;
  /** Wait before the second try; doubled with each, up to half a minute. */
  waitMs?: number;
  /** Ends a request that gets no answer. */
  timeoutMs?: number;
}

interface Credentials {
  headers: Record<string, string>;
  dispatcher: Dispatcher | undefined;
  readAt: number;
}

/** A token of a file or a program is read again at least this often. */
const CREDENTIALS_MS = 60_000;
const LONGEST_WAIT_MS = 30_000;

/** HTTP with the credentials of a kubeconfig. `load` reads it again when they have run out. */
export function createTransport(
  load: () => KubeConfig,
  { tries = 6, waitMs = 500, timeoutMs = 30_000 }: TransportOptions = {},
): Transport {
  let config = load();
  let kept: Credentials | undefined;
  const cluster = config.getCurrentContext();
  const server = config.getCurrentCluster()?.server ?? '';

  async function credentials(): Promise<Credentials> {
    if (kept && performance.now() - kept.readAt < CREDENTIALS_MS) return kept;
    const context = new RequestContext(server, HttpMethod.GET);
    await config.applySecurityAuthentication(context);
    const dispatcher = context.getDispatcher() as Dispatcher | undefined;
    // Answers that are under way are waited for.
    void kept?.dispatcher?.close();
    kept = { headers: context.getHeaders(), dispatcher, readAt: performance.now() };
    return kept;
  }

  function renew(): void {
    config = load();
    if (kept) kept.readAt = Number.NEGATIVE_INFINITY;
  }

  async function send(ask: Ask, signal: AbortSignal | undefined): Promise<Response> {
    const url = new URL(server.replace(/\/$/, '') + ask.path);
    for (const [name, value] of Object.entries(ask.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    try {
      const { headers, dispatcher } = await credentials();
      return await fetch(url, {
        method: ask.method ?? 'GET',
        headers: {
          ...headers,
          accept: ask.accept ?? 'application/json',
          ...(ask.body !== undefined && { 'content-type': ask.contentType ?? 'application/json' }),
        },
        body: ask.body === undefined ? null : JSON.stringify(ask.body),
        ...(dispatcher && { dispatcher }),
        ...(signal && { signal }),
        redirect: 'error',
      });
    } catch (error) {
      throw networkError(error, ask);
    }
  }

  function networkError(error: unknown, ask: Ask): AppError {
    if (ask.signal?.aborted) return new AppError('cancelled', 'cancelled', { cause: error });
    const code = networkCode(error);
    const where = { cluster, object: ask.object ?? null };
    return clusterError(isTls(code) ? 'tls' : 'unreachable', where, `${server}: ${code}`, { error });
  }

  async function once<T>(ask: Ask, read: (response: Response) => Promise<T>): Promise<T> {
    const limit = AbortSignal.timeout(timeoutMs);
    const response = await send(ask, ask.signal ? AbortSignal.any([ask.signal, limit]) : limit);
    try {
      if (response.ok) return await read(response);
      throw new Refused(response, await statusOf(response));
    } catch (error) {
      if (error instanceof Refused) throw error;
      throw networkError(error, ask);
    }
  }

  async function ask<T>(request: Ask, read: (response: Response) => Promise<T>): Promise<T> {
    let isRenewed = false;
    for (let tried = 1; ; tried++) {
      let asked: number | undefined;
      try {
        return await once(request, read);
      } catch (error) {
        if (error instanceof Refused) {
          const { response, status } = error;
          if (response.status === 401 && !isRenewed) {
            isRenewed = true;
            renew();
            continue;
          }
          if (tried >= tries || !isPassing(response.status, status)) {
            throw statusError(response.status, status, { cluster, object: request.object ?? null });
          }
          asked = retryAfterMs(response, status);
        } else if (tried >= tries || !(error instanceof AppError) || error.details?.clusterProblem !== 'unreachable') {
          throw error;
        }
      }
      await wait(asked ?? jittered(waitMs * 2 ** (tried - 1)), request.signal);
    }
  }

  return {
    cluster,
    json: (request) => ask(request, (response) => response.json()),
    text: (request) => ask(request, (response) => response.text()),
    stream: async (request) => {
      const response = await send(request, request.signal);
      if (response.ok) return response;
      if (response.status === 401) renew();
      throw statusError(response.status, await statusOf(response), { cluster, object: request.object ?? null });
    },
  };
}

class Refused extends Error {
  readonly response: Response;
  readonly status: Status;

  constructor(response: Response, status: Status) {
    super('refused');
    this.response = response;
    this.status = status;
  }
}

async function statusOf(response: Response): Promise<Status> {
  const text = await response.text();
  try {
    const status: unknown = JSON.parse(text);
    if (at(status, 'kind') === 'Status') return status as Status;
  } catch {
    // A gateway before the server answers in its own words.
  }
  return { message: text.slice(0, 200) };
}

/** https://kubernetes.io/docs/concepts/cluster-administration/flow-control/: in seconds, in the header or the Status. */
function retryAfterMs(response: Response, { details }: Status): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? details?.retryAfterSeconds ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : undefined;
}

/** Spread, so that many clients do not come back at the same moment. */
export function jittered(ms: number): number {
  return Math.min(ms, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2);
}

/** Throws `cancelled` when the signal goes. */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await pause(ms, undefined, signal && { signal });
  } catch (error) {
    throw new AppError('cancelled', 'cancelled', { cause: error });
  }
}

/** `fetch` tells in its cause what the system calls a failure. */
function networkCode(error: unknown): string {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each instanceof AggregateError && each.errors.length > 0) return networkCode(each.errors[0]);
    if (each.name === 'TimeoutError') return 'timeout';
    const { code } = each as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
    if (each.cause === undefined) return each.message;
  }
  return 'error';
}

function isTls(code: string): boolean {
  return /^(?:CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY))|skipTLSVerify/.test(code);
}
