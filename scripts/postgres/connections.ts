import { QUERY_CONNECTIONS, query } from '@/lib/db/client';
import { QUEUE_CONNECTIONS } from '@/lib/queues/backend';
import { EVENT_CONNECTIONS } from '@/lib/realtime/adapter';

const NOTICE_CONNECTIONS = 1;

/** A sentence when the server may run out of connections under one web and one worker. */
export async function connectionWarning(hasRedis: boolean): Promise<string | null> {
  const { offered, web, worker } = await countConnections(hasRedis);
  if (offered >= web + worker) return null;
  return `PostgreSQL offers ${offered} connections; one web (${web}) and one worker (${worker}) may need ${web + worker}: raise its limit.`;
}

/** How many the server offers, and how many one web and one worker may need. */
export async function countConnections(hasRedis: boolean): Promise<{ offered: number; web: number; worker: number }> {
  // The web both hears events and sends its own.
  const web = QUERY_CONNECTIONS + (hasRedis ? 0 : 2 * EVENT_CONNECTIONS);
  const worker = QUERY_CONNECTIONS + NOTICE_CONNECTIONS + (hasRedis ? 0 : EVENT_CONNECTIONS + QUEUE_CONNECTIONS);
  return { offered: await offeredConnections(), web, worker };
}

/** What the server, the database and the user together allow; the reserved ones are not for us. */
async function offeredConnections(): Promise<number> {
  const [row] = await query<{ offered: number }>`
    select least(
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true), '0')::int,
      (select nullif(rolconnlimit, -1) from pg_roles where rolname = session_user),
      (select nullif(datconnlimit, -1) from pg_database where datname = current_database())
    ) as offered`;
  return row?.offered ?? 0;
}
