import { describe, expect, test } from 'vitest';
import { parseRepositoryUrl } from '../repository-url';
import { azureDevops } from './azure-devops';
import { bitbucketCloud } from './bitbucket-cloud';
import { buildKey } from './bitbucket-cloud/answers';
import { bitbucketDataCenter } from './bitbucket-data-center';
import { gitea } from './gitea';
import type { Credential, ProviderApi } from './provider';

const RULES = { allowedHosts: ['git.example.com:7999'] };

describe.each<[ProviderApi, [address: string, path: string | null][]]>([
  [
    bitbucketCloud,
    [
      ['https://bitbucket.org/elders/castle', 'elders/castle'],
      ['https://guardian@bitbucket.org/elders/castle.git', 'elders/castle'],
      ['git@bitbucket.org:elders/castle.git', 'elders/castle'],
      ['https://bitbucket.org/elders', null],
    ],
  ],
  [
    bitbucketDataCenter,
    [
      ['https://git.example.com/scm/ELD/castle.git', 'ELD/castle'],
      ['https://git.example.com/bitbucket/scm/eld/castle.git', 'eld/castle'],
      ['https://git.example.com/scm/~guardian/castle.git', '~guardian/castle'],
      ['https://git.example.com/projects/ELD/repos/castle/browse', 'ELD/castle'],
      ['https://git.example.com/users/guardian/repos/castle', '~guardian/castle'],
      ['ssh://git@git.example.com:7999/eld/castle.git', 'eld/castle'],
      ['ssh://git@git.example.com:7999/~guardian/castle.git', '~guardian/castle'],
      ['https://git.example.com/scm/ELD', null],
    ],
  ],
  [
    azureDevops,
    [
      ['https://dev.azure.com/elders/The%20Castle/_git/castle', 'elders/The Castle/castle'],
      ['https://elders@dev.azure.com/elders/The%20Castle/_git/castle', 'elders/The Castle/castle'],
      ['https://dev.azure.com/elders/_git/castle', 'elders/castle/castle'],
      ['git@ssh.dev.azure.com:v3/elders/The%20Castle/castle', 'elders/The Castle/castle'],
      ['https://elders.visualstudio.com/The%20Castle/_git/castle', 'elders/The Castle/castle'],
      ['https://elders.visualstudio.com/DefaultCollection/castle/_git/castle', 'elders/castle/castle'],
      ['https://elders.visualstudio.com/_git/castle', 'elders/castle/castle'],
      ['elders@vs-ssh.visualstudio.com:v3/elders/The%20Castle/castle', 'elders/The Castle/castle'],
      ['https://git.example.com/tfs/Collection/castle/_git/keep', 'Collection/castle/keep'],
      ['https://dev.azure.com/elders/castle', null],
      ['https://dev.azure.com/elders/a%2Fb/_git/castle', null],
    ],
  ],
  [
    gitea,
    [
      ['https://codeberg.org/elders/castle.git', 'elders/castle'],
      ['https://git.example.com/gitea/elders/castle', 'elders/castle'],
      ['git@codeberg.org:elders/castle.git', 'elders/castle'],
      ['https://codeberg.org/elders', null],
    ],
  ],
])('addresses of $id', (provider, cases) => {
  test.each(cases)('%s is of %s', (address, path) => {
    expect(provider.repositoryPath(parseRepositoryUrl(address, RULES))).toBe(path);
  });
});

test.each<[ProviderApi, Credential, string]>([
  [bitbucketCloud, { kind: 'token', token: 't' }, 'Basic x-token-auth:t'],
  [bitbucketCloud, { kind: 'token', token: 't', username: 'a@b.example' }, 'Basic x-bitbucket-api-token-auth:t'],
  [bitbucketCloud, { kind: 'token', token: 't', username: 'guardian' }, 'Basic guardian:t'],
  [bitbucketDataCenter, { kind: 'token', token: 't' }, 'Bearer t'],
  [bitbucketDataCenter, { kind: 'token', token: 't', username: 'guardian' }, 'Basic guardian:t'],
  [azureDevops, { kind: 'token', token: 't' }, 'Basic :t'],
  [gitea, { kind: 'token', token: 't' }, 'Basic oauth2:t'],
])('Git speaks to $id with what the host takes', (provider, credential, expected) => {
  const [scheme = '', value = ''] = provider.gitAuthorization(credential).split(' ');

  expect(`${scheme} ${scheme === 'Basic' ? Buffer.from(value, 'base64') : value}`).toBe(expected);
});

test('all addresses of one repository at Azure DevOps have one key', () => {
  const keys = [
    'https://dev.azure.com/Elders/The%20Castle/_git/castle',
    'https://elders@dev.azure.com/elders/The%20Castle/_git/castle',
    'git@ssh.dev.azure.com:v3/elders/The%20Castle/castle',
    'https://elders.visualstudio.com/DefaultCollection/The%20Castle/_git/castle',
  ].map((address) => parseRepositoryUrl(address).key);

  expect(new Set(keys)).toEqual(new Set(['dev.azure.com/elders/the%20castle/_git/castle']));
  expect(parseRepositoryUrl('https://elders@dev.azure.com/elders/castle/_git/castle').url).toBe(
    'https://dev.azure.com/elders/castle/_git/castle',
  );
});

test.each([
  'https://secret-token@dev.azure.com/elders/castle/_git/castle',
  'https://ATBB3xFfGF0secret@bitbucket.org/elders/castle.git',
  'https://guardian:secret@bitbucket.org/elders/castle.git',
  'https://elders:secret@dev.azure.com/elders/castle/_git/castle',
  'https://guardian@git.example.com/elders/castle.git',
])('%s holds what may be a secret', (address) => {
  expect(() => parseRepositoryUrl(address)).toThrow(/credentials/);
});

test('the key of a build is short, and the same for the same name', () => {
  expect(buildKey('Ancient Elder')).toBe('Ancient Elder');
  expect(buildKey('x'.repeat(41))).toHaveLength(40);
  expect(buildKey('x'.repeat(41))).not.toBe(buildKey('x'.repeat(42)));
});
