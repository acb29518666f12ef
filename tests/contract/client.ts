import { createAnswerCache } from '@/lib/git/providers/answer-cache';
import type { Credential, ProviderClient } from '@/lib/git/providers/provider';
import { createProviderFetch } from '@/lib/git/providers/provider-fetch';
import { createRequestPace, PACE_LIMITS } from '@/lib/git/providers/request-pace';
import { createOutgoingFetch } from '@/lib/outgoing/outgoing-fetch';

/** As the product asks a host, only that a fake needs no pause between two writes. */
export function contractClient(
  baseUrl: string,
  credential: Credential | null,
  { isFake }: { isFake: boolean },
): ProviderClient & AsyncDisposable {
  const fetch = createOutgoingFetch({
    rules: { allowLocal: isFake },
    timeoutMs: 20_000,
    maxBytes: 8 * 1024 ** 2,
    maxRedirects: 2,
  });
  const pace = createRequestPace(isFake ? { ...PACE_LIMITS, writeGapMs: 0, longestWaitMs: 200 } : PACE_LIMITS);
  return {
    baseUrl,
    credential,
    fetch: createProviderFetch({ provider: 'github', fetch, pace, answers: createAnswerCache() }),
    [Symbol.asyncDispose]: () => fetch[Symbol.asyncDispose](),
  };
}
