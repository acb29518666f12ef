import { expect, test } from 'vitest';
import { createComingBlobs } from './coming-blobs';

const DATA = Buffer.from('facts');

test('gives what is read at once, and waits for what is still to come', async () => {
  const coming = createComingBlobs(['a', 'b']);
  coming.set('a', DATA);
  const later = [coming.get('b'), coming.get('b')];
  coming.set('b', DATA);

  expect(await coming.get('a')).toBe(DATA);
  expect(await Promise.all(later)).toEqual([DATA, DATA]);
  expect(['a', 'c'].map((key) => coming.expects(key))).toEqual([true, false]);
});

test('waits no longer than the reading', async () => {
  const coming = createComingBlobs(['a']);
  const waiting = coming.get('a');
  await coming.endWith(Promise.resolve());

  expect(await waiting).toBeUndefined();
  expect(await coming.get('a')).toBeUndefined();
});

test('fails with the reading', async () => {
  const coming = createComingBlobs(['a']);
  const waiting = coming.get('a');
  const failure = new Error('the disk is gone');

  await Promise.all([
    expect(waiting).rejects.toBe(failure),
    expect(coming.endWith(Promise.reject(failure))).rejects.toBe(failure),
  ]);
  await expect(coming.get('a')).rejects.toBe(failure);
});
