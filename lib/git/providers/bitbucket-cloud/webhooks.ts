import * as z from 'zod';
import { findListed } from '../find-listed';
import type { WebhookApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, askPage, partsOf } from './api';

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
const Listed = Hook.extend({ url: z.string().nullish() });

export const webhooks: WebhookApi = {
  events: EVENTS,
  async put(client, path, { url, secret, externalId }) {
    const hooks = ['repositories', ...partsOf(path), 'hooks'];
    const body = { description: 'Ancient Elder', url, secret, active: true, events: EVENTS };
    const change = async (id: string) => {
      const changed = await unlessGone(() => ask(client, [...hooks, id], Hook, { method: 'PUT', body }));
      return changed && { externalId: changed.value.uuid };
    };
    const kept = externalId === null ? null : await change(externalId);
    if (kept) return kept;
    // The host takes any number of hooks of one address: one whose answer was lost is found again.
    const lost = await findListed(
      (page) => askPage(client, hooks, Listed, { query: { pagelen: 100 }, page }),
      (hook) => hook.url === url,
    );
    const found = lost && (await change(lost.uuid));
    if (found) return found;
    const { value } = await ask(client, hooks, Hook, { method: 'POST', body });
    return { externalId: value.uuid };
  },
  async remove(client, path, externalId) {
    const hook = ['repositories', ...partsOf(path), 'hooks', externalId];
    await unlessGone(() => ask(client, hook, z.unknown(), { method: 'DELETE' }));
  },
};
