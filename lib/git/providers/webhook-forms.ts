import type { ProviderId } from './provider';

export interface WebhookForm {
  /** As the address of the webhook writes the host. */
  slug: string;
  contentType: string;
  /** Where the host sends the secret as the password of Basic authentication. */
  username: string | null;
  /** Events as a person ticks them in the host's form. */
  events: readonly string[];
}

const JSON_TYPE = 'application/json';

export const WEBHOOK_FORMS: Readonly<Record<ProviderId, WebhookForm>> = {
  github: {
    slug: 'github',
    contentType: JSON_TYPE,
    username: null,
    events: ['Pushes', 'Pull requests', 'Repositories', 'Branch or tag deletion'],
  },
  gitlab: {
    slug: 'gitlab',
    contentType: JSON_TYPE,
    username: null,
    events: ['Push events', 'Tag push events', 'Merge request events'],
  },
  bitbucket_cloud: {
    slug: 'bitbucket-cloud',
    contentType: JSON_TYPE,
    username: null,
    events: [
      'Repository: Push',
      'Repository: Updated',
      'Pull request: Created',
      'Pull request: Updated',
      'Pull request: Merged',
      'Pull request: Declined',
    ],
  },
  bitbucket_data_center: {
    slug: 'bitbucket-data-center',
    contentType: JSON_TYPE,
    username: null,
    events: [
      'Repository: Push',
      'Repository: Modified',
      'Pull request: Opened',
      'Pull request: Source branch updated',
      'Pull request: Modified',
      'Pull request: Merged',
      'Pull request: Declined',
      'Pull request: Deleted',
    ],
  },
  azure_devops: {
    slug: 'azure-devops',
    contentType: JSON_TYPE,
    username: 'elder',
    events: [
      'Code pushed',
      'Pull request created',
      'Pull request updated',
      'Pull request merge attempted',
      'Repository renamed',
      'Repository deleted',
    ],
  },
  gitea: {
    slug: 'gitea',
    contentType: JSON_TYPE,
    username: null,
    events: ['Push', 'Delete', 'Repository', 'Pull Request', 'Pull Request Synchronized'],
  },
};

/** The host of an address; null when it names none. */
export function providerOfSlug(slug: string): ProviderId | null {
  const found = Object.entries(WEBHOOK_FORMS).find(([, form]) => form.slug === slug);
  return (found?.[0] as ProviderId | undefined) ?? null;
}
