import { basic } from '../basic';
import type { Credential, ProviderApi } from '../provider';
import { answers } from './answers';
import { evidence } from './evidence';
import { repositories } from './repositories';
import { webhooks } from './webhooks';

export const bitbucketCloud: ProviderApi = {
  id: 'bitbucket_cloud',
  publicUrl: 'https://bitbucket.org',
  repositoryPath: ({ path }) => (/^[\w.-]+\/[\w.-]+$/.test(path) ? path : null),
  gitAuthorization: (credential) => basic(gitUser(credential), credential.token),
  scopes: { code: 'read:repository:bitbucket', missing: missingScopes },
  repositories,
  webhooks,
  answers,
  evidence,
};

/** API tokens go by the e-mail address of their owner, which Git is not told: this name stands for it. */
function gitUser(credential: Credential): string {
  const username = credential.kind === 'token' ? credential.username : undefined;
  if (!username) return 'x-token-auth';
  return username.includes('@') ? 'x-bitbucket-api-token-auth' : username;
}

/** API tokens name their scopes in another way than access tokens and app passwords do. */
function missingScopes(granted: readonly string[]): string[] {
  const canRead = granted.some((scope) =>
    /^(?:(?:read|write|admin):repository:bitbucket|repository(?::\w+)?)$/.test(scope),
  );
  return canRead ? [] : ['read:repository:bitbucket'];
}
