import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
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
    application_name: 'elder',
    max: QUERY_CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: 2 * STATEMENT_TIMEOUT_MS,
  });
  connections.on('error', onError);
  // Without a listener of its own a client that fails between queries ends the process.
  connections.on('connect', (client) => client.on('error', onError));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(connections),
    transactionOptions: { maxWait: 10_000, timeout: STATEMENT_TIMEOUT_MS },
  });
  return { pool: connections, prisma };
}
