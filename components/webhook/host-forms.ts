import type { WebhookView } from '@/lib/schemas/webhooks';

/** Where the form of a host is, in the words of the host, which has it in English for everybody. */
export const HOST_FORMS: Readonly<Record<WebhookView['host'], string>> = {
  github: 'Settings → Webhooks → Add webhook',
  gitlab: 'Settings → Webhooks → Add new webhook',
  'bitbucket-cloud': 'Repository settings → Webhooks → Add webhook',
  'bitbucket-data-center': 'Repository settings → Webhooks → Create webhook',
  'azure-devops': 'Project settings → Service hooks → Web Hooks',
  gitea: 'Settings → Webhooks → Add Webhook → Gitea',
};
