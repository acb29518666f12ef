import { expect, test } from 'vitest';
import { together } from './together';

const failing = async (): Promise<never> => {
  throw new Error('broken');
};

test('gives what all steps give', async () => {
  expect(await together(undefined, () => [Promise.resolve(1), Promise.resolve('two')])).toEqual([1, 'two']);
});

test('stops the other step when one fails, and waits for it', async () => {
  let wasStopped = false;
  const waiting = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      signal.addEventListener('abort', () =>
        setImmediate(() => {
          wasStopped = true;
          resolve();
        }),
      );
    });

  await expect(together(undefined, (signal) => [waiting(signal), failing()])).rejects.toThrow('broken');
  expect(wasStopped).toBe(true);
});

test('hears who stops both', async () => {
  const stop = new AbortController();
  const stopped = together(stop.signal, (signal) => [
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  ]);

  stop.abort(new Error('enough'));

  await expect(stopped).rejects.toThrow('enough');
});
