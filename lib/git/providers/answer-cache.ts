import { LRUCache } from 'lru-cache';
import { Response } from 'undici';

interface KeptAnswer {
  etag: string;
  body: string;
  headers: Record<string, string>;
}

/** Answers that a host lets be asked for by ETag: an unchanged one costs nothing of the limit. One for each credential. */
export interface AnswerCache {
  find: (url: URL) => KeptAnswer | null;
  /** The same answer, kept when it names an ETag and is small. */
  keep: (url: URL, response: Response) => Promise<Response>;
}

const MAX_BYTES = 8 * 1024 ** 2;
const MAX_ANSWER_BYTES = 256 * 1024;
/** Of this exchange alone; all else, such as where the next page is, holds for the answer. */
const OF_EXCHANGE =
  /^(?:connection|content-encoding|content-length|date|keep-alive|retry-after|set-cookie|transfer-encoding)$|ratelimit/;

export function createAnswerCache(): AnswerCache {
  const kept = new LRUCache<string, KeptAnswer>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ body }) => body.length + 1,
  });
  return {
    find: (url) => kept.get(url.href) ?? null,
    async keep(url, response) {
      const etag = response.headers.get('etag');
      const sizeBytes = Number(response.headers.get('content-length') ?? 0);
      if (response.status !== 200 || etag === null || sizeBytes > MAX_ANSWER_BYTES) return response;
      const body = await response.text();
      const headers = Object.fromEntries([...response.headers].filter(([name]) => !OF_EXCHANGE.test(name)));
      if (body.length <= MAX_ANSWER_BYTES) kept.set(url.href, { etag, body, headers });
      return new Response(body, { status: 200, headers: response.headers });
    },
  };
}
