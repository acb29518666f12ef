import type { ProviderApi } from '../provider';
import { answers } from './answers';
import { evidence } from './evidence';
import { repositories } from './repositories';
import { webhooks } from './webhooks';

export const gitlab: ProviderApi = {
  id: 'gitlab',
  publicUrl: 'https://gitlab.com',
  repositoryPath: ({ path }) => (/^[\w.-]+(?:\/[\w.-]+)+$/.test(path) ? path : null),
  gitAuthorization: ({ token }) => `Basic ${Buffer.from(`oauth2:${token}`).toString('base64')}`,
  scopes: { code: 'read_repository', missing: missingScopes },
  repositories,
  webhooks,
  answers,
  evidence,
};

function missingScopes(granted: readonly string[]): string[] {
  if (granted.includes('api')) return [];
  const canRead = granted.includes('read_repository') || granted.includes('write_repository');
  return [...(granted.includes('read_api') ? [] : ['read_api']), ...(canRead ? [] : ['read_repository'])];
}
