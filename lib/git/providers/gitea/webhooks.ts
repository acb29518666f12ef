import * as z from 'zod';
import { findListed } from '../find-listed';
import type { WebhookApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, askPage, partsOf } from './api';

/** `pull_request_sync` tells of new commits; `pull_request` alone does not. */
const EVENTS = ['push', 'create', 'delete', 'pull_request', 'pull_request_sync', 'repository'] as const;

const Hook = z.object({ id: z.number().int() });
const Listed = z.array(Hook.extend({ config: z.object({ url: z.string().nullish() }).nullish() }));

export const webhooks: WebhookApi = {
  events: EVENTS,
  async put(client, path, { url, secret, externalId }) {
    const hooks = ['repos', ...partsOf(path), 'hooks'];
    const config = { url, content_type: 'json', secret };
    const change = async (id: string) => {
      const body = { active: true, events: EVENTS, config };
      const changed = await unlessGone(() => ask(client, [...hooks, id], Hook, { method: 'PATCH', body }));
      return changed && { externalId: String(changed.value.id) };
    };
    const kept = externalId === null ? null : await change(externalId);
    if (kept) return kept;
    // The host takes any number of hooks of one address: one whose answer was lost is found again.
    const lost = await findListed(
      (page) => askPage(client, hooks, Listed, { page }),
      (hook) => hook.config?.url === url,
    );
    const found = lost && (await change(String(lost.id)));
    if (found) return found;
    const body = { type: 'gitea', active: true, events: EVENTS, config };
    const { value } = await ask(client, hooks, Hook, { method: 'POST', body });
    return { externalId: String(value.id) };
  },
  async remove(client, path, externalId) {
    const hook = ['repos', ...partsOf(path), 'hooks', externalId];
    await unlessGone(() => ask(client, hook, z.unknown(), { method: 'DELETE' }));
  },
};
