import type { MiddlewareHandler } from 'hono';
import { AppError } from '@/lib/errors';

/**
 * Refuses bodies that are too large before anything reads them. Hono's own copies the request to do so, which fails for
 * the requests of its Node server whenever the length is not declared.
 */
export function limitBody(maxBytes: number): MiddlewareHandler {
  return async (c, next) => {
    // Looking for a body makes the server build a whole request, which costs more than most reads do.
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const { body, headers, method, signal, url } = c.req.raw;
    if (!body) return next();
    const declared = headers.has('transfer-encoding') ? null : headers.get('content-length');
    if (declared === null) {
      const bytes = await readUpTo(body, maxBytes);
      c.req.raw = new Request(url, { method, headers, signal, body: bytes.length > 0 ? bytes : null });
    } else if (Number(declared) > maxBytes) {
      throw tooLarge();
    }
    return next();
  };
}

/** Of a body of some megabytes, from when it is read: others may be waiting for its place. */
const BODY_TIMEOUT_MS = 30_000;

/**
 * The whole body of a request; refuses one that is too large before anything of it is read, where it says so, and one
 * that does not arrive in time.
 */
export async function readBody(
  request: Request,
  maxBytes: number,
  timeoutMs = BODY_TIMEOUT_MS,
): Promise<Uint8Array<ArrayBuffer>> {
  const { body, headers } = request;
  if (!body) return new Uint8Array();
  const declared = headers.has('transfer-encoding') ? null : headers.get('content-length');
  if (declared !== null && Number(declared) > maxBytes) throw tooLarge();
  return readUpTo(body, maxBytes, AbortSignal.timeout(timeoutMs));
}

async function readUpTo(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(part.value);
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
  if (signal?.aborted) throw new AppError('invalid_request', 'the body did not arrive in time; send it again');
  return new Uint8Array(Buffer.concat(chunks));
}

function tooLarge(): AppError {
  return new AppError('payload_too_large', 'the body is larger than allowed');
}
