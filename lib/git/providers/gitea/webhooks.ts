import * as z from 'zod';
import type { WebhookApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, partsOf } from './api';

/** `pull_request_sync` tells of new commits; `pull_request` alone does not. */
const EVENTS = ['push', 'create', 'delete', 'pull_request', 'pull_request_sync', 'repository'] as const;

const Hook = z.object({ id: z.number().int() });

export const webhooks: WebhookApi = {
  events: EVENTS,
  async put(client, path, { url, secret, externalId }) {
    const hooks = ['repos', ...partsOf(path), 'hooks'];
    const config = { url, content_type: 'json', secret };
    if (externalId !== null) {
      const body = { active: true, events: EVENTS, config };
      const changed = await unlessGone(() => ask(client, [...hooks, externalId], Hook, { method: 'PATCH', body }));
      if (changed) return { externalId: String(changed.value.id) };
    }
    const body = { type: 'gitea', active: true, events: EVENTS, config };
    const { value } = await ask(client, hooks, Hook, { method: 'POST', body });
    return { externalId: String(value.id) };
  },
  async remove(client, path, externalId) {
    const hook = ['repos', ...partsOf(path), 'hooks', externalId];
    await unlessGone(() => ask(client, hook, z.unknown(), { method: 'DELETE' }));
  },
};
