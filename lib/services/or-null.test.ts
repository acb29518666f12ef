import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { orNull } from './or-null';

test('what does not exist is null', async () => {
  const found = await orNull(Promise.reject(new AppError('not_found', 'no such project')));

  expect(found).toBeNull();
});

test('what exists is handed on', async () => {
  expect(await orNull(Promise.resolve({ id: 1 }))).toEqual({ id: 1 });
});

test('any other error stays an error', async () => {
  await expect(orNull(Promise.reject(new AppError('forbidden', 'takes another role')))).rejects.toThrow('another role');
});
