import { channel } from 'node:diagnostics_channel';
import { setTimeout as wait } from 'node:timers/promises';
import { Response } from 'undici';
import { AppError, isAppError } from '@/lib/errors';
import type { OutgoingFetch, OutgoingRequest } from '@/lib/outgoing/outgoing-fetch';
import type { AnswerCache } from './answer-cache';
import type { ProviderId } from './provider';
import { providerProblem } from './provider-problem';
import { limitResetOf, remainingOf, remainingResetOf } from './rate-limit';
import type { RequestKind, RequestPace } from './request-pace';

/**
 * Asks a Git host's API: paced (primary and secondary limits, `retry-after`), with ETags, counted against the budget of its
 * user, and refused answers thrown as `AppError` (`provider_unauthorized`, `provider_token_expired`, `provider_scope_missing`, `provider_not_found`,
 * `provider_refused`, `provider_suspended`, `provider_rate_limited` with `details.retryAt`, `provider_unavailable`).
 */
export type ProviderFetch = (url: string | URL, request?: ProviderRequest) => Promise<Response>;

export interface ProviderRequest extends OutgoingRequest {
  /** Where the method does not tell: GraphQL reads by POST. */
  kind?: RequestKind;
}

/** Carries what became of each request, for whoever counts. */
export const providerRequests = channel('elder.provider.request');

export interface ProviderRequestOutcome {
  /** Kind of the host. */
  provider: ProviderId;
  /** HTTP status; null: the host could not be asked, or did not answer. */
  status: number | null;
  /** Waited for a turn, in seconds. */
  pacedSeconds: number;
  /** Requests that the host says it will take in this period; null when it says nothing. */
  remaining: number | null;
}

/** Requests that may still be made. */
export interface RequestBudget {
  left: number;
}

export interface ProviderFetchParts {
  provider: ProviderId;
  fetch: OutgoingFetch;
  /** Shared by all who ask with one credential. */
  pace: RequestPace;
  answers: AnswerCache;
  budget?: RequestBudget;
  /** On every request: who asks. */
  headers?: Readonly<Record<string, string>>;
}

const READS = new Set(['GET', 'HEAD']);
const RETRY_AFTER_MS = [300, 1_200];

export function createProviderFetch({
  provider,
  fetch,
  pace,
  answers,
  budget,
  headers,
}: ProviderFetchParts): ProviderFetch {
  async function ask(url: URL, { kind, ...request }: ProviderRequest): Promise<Response> {
    if (budget && budget.left <= 0) {
      throw new AppError('provider_refused', 'the budget of requests is spent', { details: { problem: 'budget' } });
    }
    const isKept = isGet(request);
    const askedAt = performance.now();
    using _turn = await pace.takeTurn(kind ?? (isKept ? 'read' : 'write'), request.signal);
    const pacedSeconds = (performance.now() - askedAt) / 1000;
    if (budget) budget.left--;
    const known = isKept ? answers.find(url) : null;
    const sent = { ...headers, ...request.headers, ...(known && { 'if-none-match': known.etag }) };
    const tell = (response: Response | null) =>
      providerRequests.publish({
        provider,
        status: response?.status ?? null,
        pacedSeconds,
        remaining: response && remainingOf(response),
      } satisfies ProviderRequestOutcome);
    const response = await fetch(url, { ...request, headers: sent }).catch((error: unknown) => {
      tell(null);
      throw error;
    });
    tell(response);
    const resetAt = limitResetOf(response);
    if (resetAt) await pace.blockUntil(resetAt);
    else await noteRemaining(pace, response);
    if (response.status === 304 && known) {
      await response.body?.cancel();
      return new Response(known.body, { status: 200, headers: known.headers });
    }
    if (!response.ok) throw await providerProblem(response, url, resetAt);
    return isKept ? answers.keep(url, response) : response;
  }

  async function askAgain(url: URL, request: ProviderRequest): Promise<Response> {
    const isRead = request.kind === 'read' || isGet(request);
    for (const pauseMs of isRead ? RETRY_AFTER_MS : []) {
      try {
        return await ask(url, request);
      } catch (error) {
        if (!isPassing(error)) throw error;
        await wait(pauseMs * (0.5 + Math.random()), undefined, { signal: request.signal });
      }
    }
    return ask(url, request);
  }

  return (url, request = {}) => askAgain(new URL(url), request);
}

async function noteRemaining(pace: RequestPace, response: Response): Promise<void> {
  const [remaining, resetAt] = [remainingOf(response), remainingResetOf(response)];
  if (remaining !== null && resetAt !== null) await pace.tellRemaining(remaining, resetAt);
}

function isGet({ method = 'GET' }: OutgoingRequest): boolean {
  return READS.has(method.toUpperCase());
}

/** Whether the next moment may answer otherwise. What tells when it will is left to whoever asks. */
function isPassing(error: unknown): boolean {
  return isAppError(error) && ['provider_unavailable', 'outgoing_unreachable'].includes(error.code);
}
