import * as z from 'zod';
import type { WebhookApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, partsOf } from './api';

const EVENTS = [
  'repo:push',
  'repo:updated',
  'repo:transfer',
  'repo:deleted',
  'pullrequest:created',
  'pullrequest:updated',
  'pullrequest:fulfilled',
  'pullrequest:rejected',
] as const;

const Hook = z.object({ uuid: z.string() });

export const webhooks: WebhookApi = {
  events: EVENTS,
  async put(client, path, { url, secret, externalId }) {
    const hooks = ['repositories', ...partsOf(path), 'hooks'];
    const body = { description: 'Ancient Elder', url, secret, active: true, events: EVENTS };
    if (externalId !== null) {
      const changed = await unlessGone(() => ask(client, [...hooks, externalId], Hook, { method: 'PUT', body }));
      if (changed) return { externalId: changed.value.uuid };
    }
    const { value } = await ask(client, hooks, Hook, { method: 'POST', body });
    return { externalId: value.uuid };
  },
  async remove(client, path, externalId) {
    const hook = ['repositories', ...partsOf(path), 'hooks', externalId];
    await unlessGone(() => ask(client, hook, z.unknown(), { method: 'DELETE' }));
  },
};
