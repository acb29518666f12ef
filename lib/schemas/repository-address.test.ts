import { expect, test } from 'vitest';
import { withoutSecret } from './repository-address';

test.each([
  ['https://user:secret@git.example.com/a/b', 'https://git.example.com/a/b'],
  ['https://token@git.example.com/a/b', 'https://git.example.com/a/b'],
  ['https://user:se@cret@git.example.com/a', 'https://git.example.com/a'],
  ['ssh://me:secret@git.example.com/a', 'ssh://me@git.example.com/a'],
])('takes the secret out of %s', (address, expected) => {
  expect(withoutSecret(address)).toBe(expected);
});

test.each(['https://git.example.com/a@b', 'ssh://me@git.example.com/a', 'git@github.com:a/b.git', '/srv/git/x'])(
  'leaves %s as it is',
  (address) => {
    expect(withoutSecret(address)).toBe(address);
  },
);
