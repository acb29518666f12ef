import { expect, test } from 'vitest';
import { splitTail } from './split-tail';

test.each([
  ['github.com/owner/name', 'github.com', '/owner/name'],
  ['/srv/git/team/name.git', '/srv/git', '/team/name.git'],
  ['host/name', '', 'host/name'],
  ['/name', '', '/name'],
  ['name', '', 'name'],
])('%s is known by its last two names', (path, head, tail) => {
  expect(splitTail(path)).toEqual([head, tail]);
});
