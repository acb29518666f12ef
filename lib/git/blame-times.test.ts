import { expect, test } from 'vitest';
import { canBlame } from './blame-times';

test.each([
  ['a usual file', { sizeBytes: 40_000, commits: 200 }, true],
  ['a large file few commits touched', { sizeBytes: 5_000_000, commits: 20 }, true],
  ['a large file many commits touched', { sizeBytes: 5_000_000, commits: 200 }, false],
])('of %s Git can tell in time: %j is %s', (_, file, can) => {
  expect(canBlame(file)).toBe(can);
});
