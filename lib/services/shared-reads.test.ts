import { expect, test } from 'vitest';
import { createSharedReads } from './shared-reads';

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

test('reads once for all who ask while another read runs', async () => {
  const share = createSharedReads<number>();
  const first = deferred<number>();
  let reads = 0;
  const running = share('a', () => first.promise);
  const later = [1, 2, 3].map(() => share('a', async () => ++reads));

  first.resolve(0);

  expect(await running).toBe(0);
  expect(await Promise.all(later)).toEqual([1, 1, 1]);
});

test('gives nobody a read that began before they asked', async () => {
  const share = createSharedReads<string>();
  const first = deferred<string>();
  let state = 'before the change';
  const running = share('a', () => first.promise);
  state = 'after the change';
  const asked = share('a', async () => state);

  first.resolve('before the change');

  expect(await running).toBe('before the change');
  expect(await asked).toBe('after the change');
});

test('reads again after a read that failed, and tells only those who shared it', async () => {
  const share = createSharedReads<string>();
  const first = deferred<string>();
  const running = share('a', () => first.promise);
  const asked = share('a', async () => 'read');

  first.reject(new Error('database gone'));

  await expect(running).rejects.toThrow('database gone');
  expect(await asked).toBe('read');
  expect(await share('a', async () => 'again')).toBe('again');
});

test('keeps keys apart', async () => {
  const share = createSharedReads<string>();
  const first = deferred<string>();
  const running = share('a', () => first.promise);

  expect(await share('b', async () => 'b')).toBe('b');
  first.resolve('a');
  expect(await running).toBe('a');
});
