import { Response } from 'undici';
import { AppError } from '@/lib/errors';

/** The same response, whose body ends with `outgoing_too_large` once more than `maxBytes` were read. */
export function limitBody(response: Response, maxBytes: number, problemOf: (error: unknown) => AppError): Response {
  const { body, status, statusText, headers } = response;
  if (body === null) return response;
  const reader = body.getReader();
  let read = 0;
  const limited = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        read += value.byteLength;
        if (read > maxBytes) {
          await reader.cancel();
          throw new AppError('outgoing_too_large', `the answer is larger than ${maxBytes} bytes`);
        }
        controller.enqueue(value);
      } catch (error) {
        controller.error(problemOf(error));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(limited, { status, statusText, headers });
}
