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

const CONSUMER = { consumerId: 'webHooks', consumerActionId: 'httpRequest' };

const Subscription = z.object({ id: z.string() });
const Listed = z.object({
  value: z.array(
    Subscription.extend({
      eventType: z.string().nullish(),
      consumerInputs: z.object({ url: z.string().nullish() }).nullish(),
    }),
  ),
});

/** A service hook is of one kind of event: the id is that of all of them, in the order of the events. */
export const webhooks: WebhookApi = {
  events: EVENTS,
  async put(client, path, { url, secret, externalId }) {
    const { organisation, parts } = partsOf(path);
    const { value: repository } = await ask(client, parts, RepositoryRow);
    const known = externalId?.split(',') ?? [];
    const findLost = lostFinder(client, organisation, url);
    const ids: string[] = [];
    for (const [at, [eventType, resourceVersion]] of VERSIONS.entries()) {
      const body = {
        publisherId: 'tfs',
        eventType,
        resourceVersion,
        ...CONSUMER,
        publisherInputs: { projectId: repository.project.id, repository: repository.id },
        consumerInputs: { url, basicAuthUsername: WEBHOOK_USER, basicAuthPassword: secret },
      };
      const change = (id: string) => changeOne(client, organisation, id, body);
      const kept = known[at] ? await change(known[at]) : null;
      const lost = kept ? null : await findLost(eventType);
      ids.push(kept ?? (lost && (await change(lost))) ?? (await makeOne(client, organisation, body)));
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

/** Null when it is gone. */
async function changeOne(client: ProviderClient, organisation: string, id: string, body: object) {
  const hook = [...hooksOf(organisation), id];
  const changed = await unlessGone(() => ask(client, hook, Subscription, { method: 'PUT', body }));
  return changed?.value.id ?? null;
}

async function makeOne(client: ProviderClient, organisation: string, body: object): Promise<string> {
  return (await ask(client, hooksOf(organisation), Subscription, { method: 'POST', body })).value.id;
}

/** The host takes any number of hooks of one address: those whose answer was lost are found again. Lists once, when asked. */
function lostFinder(client: ProviderClient, organisation: string, url: string) {
  let listed: z.output<typeof Listed>['value'] | null = null;
  return async (eventType: string): Promise<string | null> => {
    listed ??= (await ask(client, hooksOf(organisation), Listed, { query: { publisherId: 'tfs', ...CONSUMER } })).value
      .value;
    return listed.find((one) => one.eventType === eventType && one.consumerInputs?.url === url)?.id ?? null;
  };
}

function hooksOf(organisation: string): string[] {
  return [organisation, '_apis', 'hooks', 'subscriptions'];
}
