import * as z from 'zod';
import type { ProviderClient, WebhookApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, partsOf } from './api';
import { RepositoryRow } from './shapes';

/** In the version that each is offered in. New ones stand at the end: ids of webhooks are kept in this order. */
const VERSIONS = [
  ['git.push', '1.0'],
  ['git.pullrequest.created', '1.0'],
  ['git.pullrequest.updated', '1.0'],
  ['git.pullrequest.merged', '1.0'],
  ['git.repo.renamed', '1.0-preview.1'],
  ['git.repo.deleted', '1.0-preview.1'],
] as const;
const EVENTS = VERSIONS.map(([eventType]) => eventType);
/** Deliveries carry no signature: they come with this name, and the secret as the password. */
export const WEBHOOK_USER = 'elder';

const Subscription = z.object({ id: z.string() });

/** A service hook is of one kind of event: the id is that of all of them, in the order of the events. */
export const webhooks: WebhookApi = {
  events: EVENTS,
  async put(client, path, { url, secret, externalId }) {
    const { organisation, parts } = partsOf(path);
    const { value: repository } = await ask(client, parts, RepositoryRow);
    const known = externalId?.split(',') ?? [];
    const ids: string[] = [];
    for (const [at, [eventType, resourceVersion]] of VERSIONS.entries()) {
      const body = {
        publisherId: 'tfs',
        eventType,
        resourceVersion,
        consumerId: 'webHooks',
        consumerActionId: 'httpRequest',
        publisherInputs: { projectId: repository.project.id, repository: repository.id },
        consumerInputs: { url, basicAuthUsername: WEBHOOK_USER, basicAuthPassword: secret },
      };
      ids.push(await putOne(client, organisation, known[at], body));
    }
    return { externalId: ids.join(',') };
  },
  async remove(client, path, externalId) {
    const { organisation } = partsOf(path);
    for (const id of externalId.split(',')) {
      await unlessGone(() => ask(client, [...hooksOf(organisation), id], z.unknown(), { method: 'DELETE' }));
    }
  },
};

async function putOne(client: ProviderClient, organisation: string, known: string | undefined, body: object) {
  const hooks = hooksOf(organisation);
  if (known) {
    const changed = await unlessGone(() => ask(client, [...hooks, known], Subscription, { method: 'PUT', body }));
    if (changed) return changed.value.id;
  }
  return (await ask(client, hooks, Subscription, { method: 'POST', body })).value.id;
}

function hooksOf(organisation: string): string[] {
  return [organisation, '_apis', 'hooks', 'subscriptions'];
}
