import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { actAsSystem } from '@/lib/auth/tenants';
import { db } from '@/lib/db/client';
import { postmasterPid } from '@/scripts/postgres/leftover';
import { applicationUrl, type ClusterRecord } from '@/scripts/postgres/record';
import { PRODUCT } from './product';

/** The database of the product under test. */
export function productDb(): ReturnType<typeof db> {
  process.env.DATABASE_URL ??= applicationUrl(readRecord(PRODUCT.dataDirectory));
  actAsSystem();
  return db();
}

export function readAuthSecret(dataDirectory: string): string {
  return process.env.AUTH_SECRET ?? readFileSync(path.join(dataDirectory, 'auth-secret'), 'utf8').trim();
}

/** A session as signing in makes it; its id is what the cookie carries. */
export async function addSession(userId: string, dataDirectory: string): Promise<string> {
  const given = dataDirectory === PRODUCT.dataDirectory ? process.env.DATABASE_URL : undefined;
  const client = new pg.Client({ connectionString: given ?? applicationUrl(readRecord(dataDirectory)) });
  await client.connect();
  try {
    const id = randomUUID();
    await client.query(`select set_config('elder.team_ids', '*', false)`);
    const insert = `insert into sessions (id, user_id, expires_at) values ($1, $2, now() + interval '1 day')`;
    await client.query(insert, [id, userId]);
    return id;
  } finally {
    await client.end();
  }
}

/** Leaves nothing of a product behind, wherever its database was. */
export function removeProductData(dataDirectory: string): void {
  if (existsSync(recordFile(dataDirectory))) {
    rmSync(readRecord(dataDirectory).home, { recursive: true, force: true });
  }
  rmSync(dataDirectory, { recursive: true, force: true });
}

/** The main process of the product's own PostgreSQL. */
export function postmasterOf(dataDirectory: string): number | undefined {
  return postmasterPid(path.join(readRecord(dataDirectory).home, 'data'));
}

function readRecord(dataDirectory: string): ClusterRecord {
  return JSON.parse(readFileSync(recordFile(dataDirectory), 'utf8')) as ClusterRecord;
}

function recordFile(dataDirectory: string): string {
  return path.join(dataDirectory, 'database.json');
}
