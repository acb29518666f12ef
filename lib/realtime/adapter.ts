import { createAdapter as createPostgresAdapter } from '@socket.io/postgres-adapter';
import { createAdapter as createRedisAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { ServerOptions } from 'socket.io';
import { PRODUCT_SESSIONS } from '@/lib/database-sessions';
import { databaseUrl, env } from '@/lib/env';
import { logger } from '@/lib/logger';

export interface RealtimeAdapter {
  /** The `adapter` option of a Socket.IO server. */
  adapter: NonNullable<ServerOptions['adapter']>;
  /** After the server is closed. */
  close: () => Promise<void>;
}

/** The most connections of one process to PostgreSQL for events. */
export const EVENT_CONNECTIONS = 3;

/** Carries events between processes: over Redis when REDIS_URL is set, else over PostgreSQL. */
export async function createRealtimeAdapter(): Promise<RealtimeAdapter> {
  const { REDIS_URL: redisUrl } = env();
  return redisUrl ? overRedis(redisUrl) : overPostgres(databaseUrl());
}

function overPostgres(connectionString: string): RealtimeAdapter {
  const onError = (err: Error) => logger().warn({ err }, 'event connection lost');
  const pool = new pg.Pool({
    connectionString,
    application_name: PRODUCT_SESSIONS.events,
    max: EVENT_CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', onError);
  // A LISTEN connection that is lost without a listener of its own ends the process.
  pool.on('connect', (client) => client.on('error', onError));
  const lent = lendConnections(pool);
  return {
    adapter: createPostgresAdapter(lent.pool, {
      channelPrefix: 'elder',
      errorHandler: onError,
    }) as RealtimeAdapter['adapter'],
    close: () => {
      lent.takeBack();
      return pool.end();
    },
  };
}

/**
 * The adapter never gives a lost connection back: after a few restarts of the database the pool would have none left.
 * And it forgets the one it was still opening when it was closed: the pool would never end, nor the process.
 */
function lendConnections(pool: pg.Pool): { pool: pg.Pool; takeBack: () => void } {
  const lent = new Set<pg.PoolClient>();
  let isOver = false;
  pool.on('release', (_, client) => lent.delete(client as pg.PoolClient));
  const connect = async () => {
    const client = isOver ? null : await pool.connect();
    if (client && !isOver) {
      lent.add(client);
      client.once('end', () => lent.has(client) && client.release(true));
      return client;
    }
    client?.release();
    return new Promise<never>(() => undefined);
  };
  const query = (text: string, values?: unknown[]) => pool.query(text, values);
  return {
    pool: { connect, query } as unknown as pg.Pool,
    takeBack: () => {
      isOver = true;
      for (const client of lent) {
        client.removeAllListeners('end');
        client.release();
      }
    },
  };
}

async function overRedis(url: string): Promise<RealtimeAdapter> {
  const client = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  client.on('error', (err) => logger().warn({ err }, 'event connection lost'));
  await client.connect();
  return {
    adapter: createRedisAdapter(client, { streamName: 'elder-events' }) as RealtimeAdapter['adapter'],
    close: async () => client.disconnect(),
  };
}
