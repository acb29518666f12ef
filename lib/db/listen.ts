import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { PRODUCT_SESSIONS } from '@/lib/database-sessions';
import { databaseUrl } from '@/lib/env';
import { logger } from '@/lib/logger';

const MAX_DELAY_MS = 5_000;

/**
 * Calls `onNotice` for each notification on the channels, and once after each reconnect, when some may have been missed.
 * A notice is a hint: whoever listens also polls.
 */
export function listen(
  channels: readonly string[],
  onNotice: (channel: string, payload: string) => void,
): AsyncDisposable {
  const stopping = new AbortController();
  const running = keepListening(channels, onNotice, stopping.signal);
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}

async function keepListening(
  channels: readonly string[],
  onNotice: (channel: string, payload: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let delayMs = 100;
  while (!signal.aborted) {
    const client = new pg.Client({
      connectionString: databaseUrl(),
      application_name: PRODUCT_SESSIONS.listen,
      keepAlive: true,
    });
    try {
      const lost = new Promise<void>((resolve) => {
        client.on('error', () => resolve());
        client.on('end', () => resolve());
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      client.on('notification', ({ channel, payload }) => onNotice(channel, payload ?? ''));
      await client.connect();
      for (const channel of channels) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      for (const channel of channels) onNotice(channel, '');
      delayMs = 100;
      await lost;
    } catch (err) {
      logger().warn({ err }, 'listening for notifications failed');
    } finally {
      await client.end().catch(() => undefined);
    }
    if (!signal.aborted) await wait(delayMs, undefined, { signal }).catch(() => undefined);
    delayMs = Math.min(MAX_DELAY_MS, delayMs * 2);
  }
}
