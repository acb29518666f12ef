import { expect, test } from 'vitest';
import { parseRepositoryUrl } from '../repository-url';
import { PROVIDER_IDS } from './provider';
import { findProvider, providerOf } from './registry';

const RULES = { allowedHosts: ['git.example.com:7999'] };
const OWN = [
  { provider: 'bitbucket_data_center', baseUrl: 'https://git.example.com/bitbucket' },
  { provider: 'gitea', baseUrl: 'https://gitea.example.com' },
  { provider: 'azure_devops', baseUrl: 'https://tfs.example.com/tfs' },
  { provider: 'azure_devops', baseUrl: 'https://dev.azure.com/elders' },
];

test('every host has its module', () => {
  expect(PROVIDER_IDS.map((id) => providerOf(id).id)).toEqual([...PROVIDER_IDS]);
});

test.each([
  ['https://bitbucket.org/elders/castle', 'bitbucket_cloud', 'elders/castle', 0],
  ['https://git.example.com/bitbucket/scm/eld/castle.git', 'bitbucket_data_center', 'eld/castle', 1],
  ['ssh://git@git.example.com:7999/eld/castle.git', 'bitbucket_data_center', 'eld/castle', 1],
  ['https://gitea.example.com/elders/castle.git', 'gitea', 'elders/castle', 1],
  ['https://tfs.example.com/tfs/Collection/castle/_git/keep', 'azure_devops', 'Collection/castle/keep', 1],
  ['https://dev.azure.com/elders/castle/_git/keep', 'azure_devops', 'elders/castle/keep', 1],
  ['https://elders.visualstudio.com/castle/_git/keep', 'azure_devops', 'elders/castle/keep', 1],
  ['git@ssh.dev.azure.com:v3/elders/castle/keep', 'azure_devops', 'elders/castle/keep', 1],
])('%s belongs to %s', (address, provider, path, connections) => {
  const found = findProvider(parseRepositoryUrl(address, RULES), OWN);

  expect([found?.provider.id, found?.path, found?.connections.length]).toEqual([provider, path, connections]);
});

test('a host that nobody connected is spoken to as Git alone', () => {
  expect(findProvider(parseRepositoryUrl('https://git.other.example.com/scm/eld/castle.git'), OWN)).toBeNull();
});
