import * as z from 'zod';
import { findListed } from '../find-listed';
import type { WebhookApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, askPage, partsOf } from './api';

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
const Listed = Hook.extend({ url: z.string().nullish() });

export const webhooks: WebhookApi = {
  events: EVENTS,
  async put(client, path, { url, secret, externalId }) {
    const hooks = [...partsOf(path), 'webhooks'];
    const body = { name: 'Ancient Elder', url, active: true, events: EVENTS, configuration: { secret } };
    const change = async (id: string) => {
      const changed = await unlessGone(() => ask(client, [...hooks, id], Hook, { method: 'PUT', body }));
      return changed && { externalId: String(changed.value.id) };
    };
    const kept = externalId === null ? null : await change(externalId);
    if (kept) return kept;
    // The host takes any number of hooks of one address: one whose answer was lost is found again.
    const lost = await findListed(
      (page) => askPage(client, hooks, Listed, { page }),
      (hook) => hook.url === url,
    );
    const found = lost && (await change(String(lost.id)));
    if (found) return found;
    const { value } = await ask(client, hooks, Hook, { method: 'POST', body });
    return { externalId: String(value.id) };
  },
  async remove(client, path, externalId) {
    const hook = [...partsOf(path), 'webhooks', externalId];
    await unlessGone(() => ask(client, hook, z.unknown(), { method: 'DELETE' }));
  },
};
