import { LRUCache } from 'lru-cache';
import { createAnswerCache } from '@/lib/git/providers/answer-cache';
import type { Credential, ProviderClient } from '@/lib/git/providers/provider';
import { createProviderFetch, type RequestBudget } from '@/lib/git/providers/provider-fetch';
import { providerOf } from '@/lib/git/providers/registry';
import { createRequestPace, PACE_LIMITS } from '@/lib/git/providers/request-pace';
import { createOutgoingFetch } from '@/lib/outgoing/outgoing-fetch';
import { addressRules } from './address-rules';
import { createSharedPace } from './shared-pace';

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 16 * 1024 ** 2;
const MAX_REDIRECTS = 3;
const KEPT = 500;

/** One pace and one cache for all requests that this process makes with a credential; other processes hear of the pace. */
const parts = new LRUCache<string, ReturnType<typeof newParts>>({ max: KEPT });
let shared: ReturnType<typeof createOutgoingFetch> | undefined;

function newParts(id: string, baseUrl: string, credential: Credential | null) {
  const shared = createSharedPace({ id, baseUrl, credential });
  return { pace: createRequestPace(PACE_LIMITS, shared), answers: createAnswerCache() };
}

/** Asks a host as this credential. @param key names the credential, and tells nothing of it */
export function clientAs(
  key: string,
  { provider, baseUrl }: { provider: string; baseUrl: string },
  credential: Credential | null,
  { budget }: { budget?: RequestBudget } = {},
): ProviderClient {
  shared ??= createOutgoingFetch({
    rules: addressRules(),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_ANSWER_BYTES,
    maxRedirects: MAX_REDIRECTS,
  });
  const known = parts.get(key) ?? newParts(key, baseUrl, credential);
  parts.set(key, known);
  const headers = { 'user-agent': 'ancient-elder' };
  return {
    baseUrl,
    credential,
    fetch: createProviderFetch({
      provider: providerOf(provider).id,
      fetch: shared,
      ...known,
      headers,
      ...(budget && { budget }),
    }),
  };
}

/** After a credential was replaced: nothing is known of the new one. */
export function forgetClient(key: string): void {
  parts.delete(key);
}
