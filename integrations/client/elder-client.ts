import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './api-types';
import { problemOf, retryAfterOf } from './problem';

export type ElderClient = Client<paths>;

export interface ClientOptions {
  /** Of the server, with its path if it has one. */
  url: string;
  /** An API token; only sent to this server. */
  token: string;
  /** Of one request. */
  timeoutMs?: number;
  /** How long a request waits in all when the server says that there are too many. */
  maxWaitMs?: number;
  /** Told before each such wait. */
  onWait?: (waitMs: number) => void;
  signal?: AbortSignal;
}

const TIMEOUT_MS = 60_000;
const MAX_WAIT_MS = 120_000;

/**
 * The API of a server, with the types of its OpenAPI document. A call gives `data`; what is refused is thrown as
 * `ElderProblem`, what never came to an answer as the error of `fetch`.
 */
export function createElderClient(options: ClientOptions): ElderClient {
  const { url, token } = options;
  const client = createClient<paths>({
    baseUrl: url.replace(/\/+$/, ''),
    headers: { authorization: `Bearer ${token}` },
    fetch: (request) => patientFetch(request, options),
    // A server that has moved is told, not followed: the token is not for others.
    redirect: 'manual',
  });
  client.use({
    async onResponse({ response }) {
      if (!response.ok) throw await problemOf(response);
    },
  });
  return client;
}

async function patientFetch(request: Request, options: ClientOptions): Promise<Response> {
  const { timeoutMs = TIMEOUT_MS, maxWaitMs = MAX_WAIT_MS, onWait, signal } = options;
  let left = maxWaitMs;
  for (;;) {
    const timeout = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(request.clone(), { signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
    const waitMs = answer.status === 429 ? retryAfterOf(answer.headers) : null;
    if (waitMs === null || waitMs > left) return answer;
    await answer.body?.cancel();
    left -= waitMs;
    onWait?.(waitMs);
    await rest(waitMs, signal);
  }
}

function rest(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, waitMs);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
