import * as z from 'zod';
import { isAppError } from '@/lib/errors';
import type { ProviderClient, WebhookApi, WebhookRequest } from '../provider';
import { ask, projectOf } from './api';

const Hook = z.object({ id: z.number().int() });

export const webhooks: WebhookApi = {
  events: ['push', 'tag_push', 'merge_requests'],
  async put(client, path, request) {
    const { value } = await put(client, path, request);
    return { externalId: String(value.id) };
  },
  async remove(client, path, externalId) {
    try {
      await ask(client, [...projectOf(path), 'hooks', externalId], z.unknown(), { method: 'DELETE' });
    } catch (error) {
      if (!isAppError(error) || error.code !== 'provider_not_found') throw error;
    }
  },
};

async function put(client: ProviderClient, path: string, { url, secret, externalId }: WebhookRequest) {
  const hooks = [...projectOf(path), 'hooks'];
  const body = {
    url,
    token: secret,
    push_events: true,
    tag_push_events: true,
    merge_requests_events: true,
    enable_ssl_verification: true,
  };
  if (externalId !== null) {
    try {
      return await ask(client, [...hooks, externalId], Hook, { method: 'PUT', body });
    } catch (error) {
      if (!isAppError(error) || error.code !== 'provider_not_found') throw error;
    }
  }
  // GitLab takes any number of hooks of one address: one whose answer was lost is found again.
  const { value } = await ask(client, hooks, z.array(Hook.extend({ url: z.string() })), { query: { per_page: 100 } });
  const known = value.find((hook) => hook.url === url);
  if (known) return ask(client, [...hooks, known.id], Hook, { method: 'PUT', body });
  return ask(client, hooks, Hook, { method: 'POST', body });
}
