import { expect, test } from 'vitest';
import { nameChoices } from './name-choices';

test('begins with the name alone and adds folders', () => {
  expect(nameChoices('shop', 'group/team/shop')).toEqual(['shop', 'team/shop', 'group/team/shop']);
});

test.each([
  ['repo', 'srv/mirror/fastify/repo', 'fastify'],
  ['.git', 'srv/shop/.git', 'shop'],
  ['src', 'srv/shop/repository/src', 'shop'],
  ['repo', 'owner/repo', 'owner/repo'],
  ['repo', 'repo', 'repo'],
  ['repository-tools', 'owner/repository-tools', 'repository-tools'],
])('names %s at %s %s', (name, path, expected) => {
  expect(nameChoices(name, path)[0]).toBe(expected);
});
