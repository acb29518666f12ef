import * as z from 'zod';
import type { ProviderClient } from '../provider';
import { ask, PER_PAGE } from './api';

/** As GitHub lists them, the newest first; each attempt is a line of its own under the GUID of its delivery. */
const Attempts = z.array(
  z.object({
    id: z.number().int(),
    guid: z.string(),
    delivered_at: z.iso.datetime({ offset: true }),
    /** 0 or a 5xx of GitHub's own where nobody answered. */
    status_code: z.number().int(),
  }),
);

const MAX_PAGES = 5;
const MAX_AT_ONCE = 25;
/** What failed so often would fail again. */
const MAX_ATTEMPTS = 3;
const TOO_MANY_REQUESTS = 429;

/**
 * Has GitHub send again what nobody took, of a webhook of a repository (`repos/o/n/hooks/1`) or of an App (`app/hook`). What we
 * refused stays refused. Gives the number of deliveries asked for.
 *
 * @param since GitHub sends again what is three days old at most
 * @see https://docs.github.com/en/rest/repos/webhooks#list-deliveries-for-a-repository-webhook
 */
export async function redeliverMissed(client: ProviderClient, hook: readonly string[], since: Date): Promise<number> {
  const attempts = await listAttempts(client, hook, since);
  const byGuid = new Map<string, typeof attempts>();
  for (const attempt of attempts) byGuid.set(attempt.guid, [...(byGuid.get(attempt.guid) ?? []), attempt]);
  const missed = [...byGuid.values()].filter((ofOne) => ofOne.length < MAX_ATTEMPTS && ofOne.every(isUnanswered));
  const asked = missed.slice(0, MAX_AT_ONCE);
  for (const [newest] of asked) {
    if (newest) await ask(client, [...hook, 'deliveries', newest.id, 'attempts'], z.unknown(), { method: 'POST' });
  }
  return asked.length;
}

async function listAttempts(client: ProviderClient, hook: readonly string[], since: Date) {
  const attempts: z.output<typeof Attempts> = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = { per_page: PER_PAGE, ...(cursor !== null && { cursor }) };
    const { value, headers } = await ask(client, [...hook, 'deliveries'], Attempts, { query });
    const recent = value.filter(({ delivered_at }) => Date.parse(delivered_at) >= since.getTime());
    attempts.push(...recent);
    cursor = nextCursor(headers.get('link'));
    if (cursor === null || recent.length < value.length) break;
  }
  return attempts;
}

function isUnanswered({ status_code: status }: { status_code: number }): boolean {
  return status === 0 || status >= 500 || status === TOO_MANY_REQUESTS;
}

function nextCursor(link: string | null): string | null {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  return next && URL.canParse(next) ? new URL(next).searchParams.get('cursor') : null;
}
