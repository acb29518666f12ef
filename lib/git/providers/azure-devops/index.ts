import { azureRepositoryPath } from '../../azure-repository-path';
import { basic } from '../basic';
import type { ProviderApi } from '../provider';
import { answers } from './answers';
import { evidence } from './evidence';
import { repositories } from './repositories';

import { webhooks } from './webhooks';

export const azureDevops: ProviderApi = {
  id: 'azure_devops',
  publicUrl: 'https://dev.azure.com',
  repositoryPath: azureRepositoryPath,
  gitAuthorization: ({ token }) => basic('', token),
  // The host does not tell what a token may do.
  scopes: { code: 'Code (Read)', missing: () => [] },
  hasHost: (host) => host === 'ssh.dev.azure.com' || host.endsWith('.visualstudio.com'),
  repositories,
  webhooks,
  answers,
  evidence,
};
