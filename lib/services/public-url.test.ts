import { expect, test } from 'vitest';
import { publicUrlOf } from './public-url';

test('tells the address of a repository, and no path of the server', () => {
  expect(publicUrlOf('https://example.org/a/b.git')).toBe('https://example.org/a/b.git');
  expect(publicUrlOf('/srv/git/b.git')).toBeNull();
});
