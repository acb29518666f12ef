import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { db } from '@/lib/db/client';
import { type ClusterRecord, ownerUrl } from '@/scripts/postgres/record';
import { PRODUCT } from './product';

/** The database of the product under test. */
export function productDb(): ReturnType<typeof db> {
  process.env.DATABASE_URL ??= ownerUrl(readRecord(PRODUCT.dataDirectory));
  return db();
}

export function readAuthSecret(dataDirectory: string): string {
  return process.env.AUTH_SECRET ?? readFileSync(path.join(dataDirectory, 'auth-secret'), 'utf8').trim();
}

/** Leaves nothing of a product behind, wherever its database was. */
export function removeProductData(dataDirectory: string): void {
  if (existsSync(recordFile(dataDirectory))) {
    rmSync(readRecord(dataDirectory).home, { recursive: true, force: true });
  }
  rmSync(dataDirectory, { recursive: true, force: true });
}

function readRecord(dataDirectory: string): ClusterRecord {
  return JSON.parse(readFileSync(recordFile(dataDirectory), 'utf8')) as ClusterRecord;
}

function recordFile(dataDirectory: string): string {
  return path.join(dataDirectory, 'database.json');
}
