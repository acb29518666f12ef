import * as z from 'zod';
import type { WebhookApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, partsOf } from './api';

const EVENTS = [
  'repo:refs_changed',
  'repo:modified',
  'pr:opened',
  'pr:from_ref_updated',
  'pr:modified',
  'pr:merged',
  'pr:declined',
  'pr:deleted',
] as const;

const Hook = z.object({ id: z.number().int() });

export const webhooks: WebhookApi = {
  events: EVENTS,
  async put(client, path, { url, secret, externalId }) {
    const hooks = [...partsOf(path), 'webhooks'];
    const body = { name: 'Ancient Elder', url, active: true, events: EVENTS, configuration: { secret } };
    if (externalId !== null) {
      const changed = await unlessGone(() => ask(client, [...hooks, externalId], Hook, { method: 'PUT', body }));
      if (changed) return { externalId: String(changed.value.id) };
    }
    const { value } = await ask(client, hooks, Hook, { method: 'POST', body });
    return { externalId: String(value.id) };
  },
  async remove(client, path, externalId) {
    const hook = [...partsOf(path), 'webhooks', externalId];
    await unlessGone(() => ask(client, hook, z.unknown(), { method: 'DELETE' }));
  },
};
