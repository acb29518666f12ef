import { createAnswerCache } from '@/lib/git/providers/answer-cache';
import type { Credential, ProviderClient } from '@/lib/git/providers/provider';
import { createProviderFetch, type RequestBudget } from '@/lib/git/providers/provider-fetch';
import { createRequestPace, PACE_LIMITS } from '@/lib/git/providers/request-pace';
import { createOutgoingFetch } from '@/lib/outgoing/outgoing-fetch';

/** Asks a host as one credential, with the way out that the product uses. Fakes need no gap between writes. */
export function clientOf(
  baseUrl: string,
  credential: Credential | null,
  { writeGapMs = 0, budget }: { writeGapMs?: number; budget?: RequestBudget } = {},
): ProviderClient & AsyncDisposable {
  const outgoing = createOutgoingFetch({
    rules: { allowLocal: true },
    timeoutMs: 20_000,
    maxBytes: 16 * 1024 ** 2,
    maxRedirects: 3,
  });
  const pace = createRequestPace({ ...PACE_LIMITS, writeGapMs });
  const fetch = createProviderFetch({
    provider: 'github',
    fetch: outgoing,
    pace,
    answers: createAnswerCache(),
    ...(budget && { budget }),
    headers: { 'user-agent': 'ancient-elder-tests' },
  });
  return { baseUrl, credential, fetch, [Symbol.asyncDispose]: () => outgoing[Symbol.asyncDispose]() };
}

export function asToken(token: string): Credential {
  return { kind: 'token', token };
}
