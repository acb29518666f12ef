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

/** The whole body of a request; refuses one that is too large before anything of it is read, where it says so. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const { body, headers } = request;
  if (!body) return new Uint8Array();
  const declared = headers.has('transfer-encoding') ? null : headers.get('content-length');
  if (declared !== null && Number(declared) > maxBytes) throw tooLarge();
  return readUpTo(body, maxBytes);
}

async function readUpTo(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // To leave the loop is to cancel the stream.
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function tooLarge(): AppError {
  return new AppError('payload_too_large', 'the body is larger than allowed');
}
