import { basic } from '../basic';
import type { ProviderApi } from '../provider';
import { answers } from './answers';
import { evidence } from './evidence';
import { repositories } from './repositories';
import { webhooks } from './webhooks';

/** Gitea, and Forgejo (codeberg.org), whose API is the same. */
export const gitea: ProviderApi = {
  id: 'gitea',
  publicUrl: null,
  /** A server may lie below a path; owner and name come last. */
  repositoryPath: ({ path }) => /(?:^|\/)([\w.-]+\/[\w.-]+)$/.exec(path)?.[1] ?? null,
  gitAuthorization: ({ token }) => basic('oauth2', token),
  scopes: { code: 'read:repository', missing: missingScopes },
  repositories,
  webhooks,
  answers,
  evidence,
};

/** The host does not tell what a token may do; where it does one day, `write` holds `read`. */
function missingScopes(granted: readonly string[]): string[] {
  const has = (area: string) => ['all', `read:${area}`, `write:${area}`].some((scope) => granted.includes(scope));
  return ['repository', 'user'].filter((area) => !has(area)).map((area) => `read:${area}`);
}
