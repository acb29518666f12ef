import * as z from 'zod';
import { isAppError } from '@/lib/errors';
import type { ProviderClient, WebhookApi, WebhookRequest } from '../provider';
import { ask, PER_PAGE, write } from './api';
import { redeliverMissed } from './missed-deliveries';

const EVENTS = ['push', 'pull_request', 'check_run', 'repository'] as const;

const Hook = z.object({ id: z.number().int(), config: z.object({ url: z.string().nullish() }).nullish() });

export const webhooks: WebhookApi = {
  events: EVENTS,
  put: (client, path, request) => write(client, path, (parts) => put(client, parts, request)),
  remove: (client, path, externalId) =>
    write(client, path, async (parts) => {
      try {
        await ask(client, ['repos', ...parts, 'hooks', externalId], z.unknown(), { method: 'DELETE' });
      } catch (error) {
        if (!isAppError(error) || error.code !== 'provider_not_found') throw error;
      }
    }),
  redeliverMissed: (client, path, externalId, since) =>
    write(client, path, (parts) => redeliverMissed(client, ['repos', ...parts, 'hooks', externalId], since)),
};

async function put(client: ProviderClient, parts: [string, string], request: WebhookRequest) {
  const hooks = ['repos', ...parts, 'hooks'];
  const { url, secret, externalId } = request;
  const config = { url, secret, content_type: 'json', insecure_ssl: '0' };
  const body = { active: true, events: EVENTS, config };
  const change = async (id: string) => {
    const { value } = await ask(client, [...hooks, id], Hook, { method: 'PATCH', body });
    return { externalId: String(value.id) };
  };
  if (externalId !== null) {
    try {
      return await change(externalId);
    } catch (error) {
      if (!isAppError(error) || error.code !== 'provider_not_found') throw error;
    }
  }
  try {
    const { value } = await ask(client, hooks, Hook, { method: 'POST', body: { ...body, name: 'web' } });
    return { externalId: String(value.id) };
  } catch (error) {
    // There is one for this address already: an answer of ours may have been lost.
    if (!isAppError(error) || error.code !== 'provider_refused') throw error;
    const { value } = await ask(client, hooks, z.array(Hook), { query: { per_page: PER_PAGE } });
    const known = value.find((hook) => hook.config?.url === url);
    if (!known) throw error;
    return change(String(known.id));
  }
}
