import type { ProviderApi } from '../provider';
import { answers } from './answers';
import { authorizationOf } from './api';
import { evidence } from './evidence';
import { repositories } from './repositories';
import { webhooks } from './webhooks';

const NAME = String.raw`[\w.-]+`;
/** `scm/PROJ/name` of https, `projects/PROJ/repos/name` and `users/name/repos/name` of pages; the server may lie below a path. */
const OF_HTTP = new RegExp(`(?:^|/)scm/(?<project>~?${NAME})/(?<name>${NAME})$`);
const OF_PAGES = new RegExp(`(?:^|/)(?<kind>projects|users)/(?<project>~?${NAME})/repos/(?<name>${NAME})(?:/.*)?$`);
const OF_SSH = new RegExp(`^(?!scm/)(?<project>~?${NAME})/(?<name>${NAME})$`);

export const bitbucketDataCenter: ProviderApi = {
  id: 'bitbucket_data_center',
  publicUrl: null,
  repositoryPath: ({ path }) => pathOf(decodeTilde(path)),
  gitAuthorization: authorizationOf,
  // Tokens have permissions, which the host does not tell.
  scopes: { code: 'Repository read', missing: () => [] },
  repositories,
  webhooks,
  answers,
  evidence,
};

function pathOf(path: string): string | null {
  const parts = (OF_HTTP.exec(path) ?? OF_PAGES.exec(path) ?? OF_SSH.exec(path))?.groups;
  if (!parts) return null;
  const tilde = parts.kind === 'users' ? '~' : '';
  return `${tilde}${parts.project}/${parts.name}`;
}

function decodeTilde(path: string): string {
  return path.replace(/%7e/gi, '~');
}
