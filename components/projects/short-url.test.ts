import { expect, test } from 'vitest';
import { shortUrl } from './short-url';

test.each([
  ['https://github.com/owner/name.git', 'github.com/owner/name'],
  ['ssh://git@git.example.com/name.git', 'git@git.example.com/name'],
  ['/srv/git/name.git', '/srv/git/name.git'],
  ['/home/me/work', '/home/me/work'],
])('shows %s as %s', (url, shown) => {
  expect(shortUrl(url)).toBe(shown);
});
