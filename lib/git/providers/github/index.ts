import type { ProviderApi } from '../provider';
import { answers } from './answers';
import { evidence } from './evidence';
import { repositories } from './repositories';
import { webhooks } from './webhooks';

export const github: ProviderApi = {
  id: 'github',
  publicUrl: 'https://github.com',
  repositoryPath: ({ path }) => (/^[\w.-]+\/[\w.-]+$/.test(path) ? path : null),
  gitAuthorization: ({ token }) => `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
  scopes: { code: 'Contents: read', missing: (granted) => (granted.includes('repo') ? [] : ['repo']) },
  repositories,
  webhooks,
  answers,
  evidence,
};
