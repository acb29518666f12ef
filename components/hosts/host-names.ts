import type { GitHost } from '@/lib/schemas/connections';

/** Names of products are the same in every language. */
export const HOST_NAMES: Readonly<Record<GitHost, string>> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  bitbucket_cloud: 'Bitbucket Cloud',
  bitbucket_data_center: 'Bitbucket Data Center',
  azure_devops: 'Azure DevOps',
  gitea: 'Gitea / Forgejo',
};
