import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { SCOPE_SETTINGS, scopeSaid } from '@/lib/auth/tenants';
import { PRODUCT_SESSIONS } from '@/lib/database-sessions';
import { databaseUrl } from '@/lib/env';
import { logger } from '@/lib/logger';
import { type Prisma, PrismaClient } from './generated/client';

/** What runs inside one transaction. */
export type Tx = Prisma.TransactionClient;

/** The most connections of one process for queries; events and the queue have their own. */
export const QUERY_CONNECTIONS = 12;
const STATEMENT_TIMEOUT_MS = 30_000;

interface Connection {
  pool: pg.Pool;
  prisma: PrismaClient;
}

// Next.js loads server code in several bundles; they share one pool.
const shared = globalThis as typeof globalThis & { elderDatabase?: Connection | undefined };

export function db(): PrismaClient {
  return connection().prisma;
}

/** For hot queries that keep prepared statements; everything else goes through `db()` or `query`. */
export function pool(): pg.Pool {
  return connection().pool;
}

/** Rows of a hot query, without Prisma in between. Values travel as parameters: `` query<Row>`select … ${id}` ``. */
export async function query<Row extends object>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
  const sql = text.reduce((joined, part, index) => `${joined}$${index}${part}`);
  const { rows } = await connection().pool.query<Row>(sql, values);
  return rows;
}

/** The time of the database: machines disagree about theirs. */
export async function databaseTime(tx: Tx): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
  return row?.now ?? new Date();
}

export async function closeDb(): Promise<void> {
  const open = shared.elderDatabase;
  shared.elderDatabase = undefined;
  if (!open) return;
  await open.prisma.$disconnect();
  await open.pool.end();
}

function connection(): Connection {
  shared.elderDatabase ??= connect(databaseUrl());
  return shared.elderDatabase;
}

function connect(connectionString: string): Connection {
  const onError = (err: Error) => logger().warn({ err }, 'database connection lost');
  const connections = new pg.Pool({
    connectionString,
    application_name: PRODUCT_SESSIONS.queries,
    max: QUERY_CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: 2 * STATEMENT_TIMEOUT_MS,
  });
  sayTenants(connections);
  connections.on('error', onError);
  // Without a listener of its own a client that fails between queries ends the process.
  connections.on('connect', (client) => client.on('error', onError));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(connections),
    transactionOptions: { maxWait: 10_000, timeout: STATEMENT_TIMEOUT_MS },
  });
  return { pool: connections, prisma };
}

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: pg.PoolClient['release'],
) => void;

/** Every connection says whose rows it may see before anybody gets it; `query` of the pool asks for one too. */
function sayTenants(connections: pg.Pool): void {
  const said = new WeakMap<pg.PoolClient, string>();
  const connect = connections.connect.bind(connections) as () => Promise<pg.PoolClient>;
  const open = async ([teams, person]: [string, string]): Promise<pg.PoolClient> => {
    const client = await connect();
    const scope = `${teams} ${person}`;
    if (said.get(client) === scope) return client;
    try {
      said.delete(client);
      await client.query('select set_config($1, $3, false), set_config($2, $4, false)', [
        ...SCOPE_SETTINGS,
        teams,
        person,
      ]);
      said.set(client, scope);
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  };
  connections.connect = ((callback?: Connected) => {
    const opening = open(scopeSaid());
    if (!callback) return opening;
    opening.then(
      (client) => callback(undefined, client, client.release.bind(client)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
  }) as pg.Pool['connect'];
}
