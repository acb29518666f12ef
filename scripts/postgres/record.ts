import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { type Account, canReach } from './account';
import { findFreePort } from './ports';

/** How to find the embedded database of a data directory and sign in to it. */
export interface ClusterRecord {
  home: string;
  port: number;
  /** Of the owner, who migrates. */
  password: string;
  /** Of the role that the web and the workers sign in as; absent until a release that has it was started. */
  appPassword?: string;
  adminPassword: string;
}

/** Where the database goes when its account is kept out of the data directory. */
const SHARED_HOME = '/var/lib/ancient-elder';
const OWNER = 'elder';
export const APPLICATION = 'elder_app';
const DATABASE = 'elder';

/** Signs in as the owner of the database, who is not a superuser. */
export function ownerUrl({ port, password }: ClusterRecord, database = DATABASE): string {
  return `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Signs in as the role that owns nothing; as the owner where no release made that role yet. */
export function applicationUrl(record: ClusterRecord): string {
  const { port, appPassword } = record;
  if (appPassword === undefined) return ownerUrl(record);
  return `postgresql://${APPLICATION}:${appPassword}@127.0.0.1:${port}/${DATABASE}`;
}

export function adminUrl({ port, adminPassword }: ClusterRecord): string {
  return `postgresql://postgres:${adminPassword}@127.0.0.1:${port}/postgres`;
}

/** SQL that makes what `ownerUrl` signs in to. */
export function ownerSql({ password }: ClusterRecord): string {
  return `CREATE ROLE ${OWNER} LOGIN PASSWORD '${password}';\nCREATE DATABASE ${DATABASE} OWNER ${OWNER};\n`;
}

export async function openRecord(dataDirectory: string, account: Account | undefined): Promise<ClusterRecord> {
  const file = recordFile(dataDirectory);
  if (existsSync(file)) return withApplication(dataDirectory, JSON.parse(readFileSync(file, 'utf8')) as ClusterRecord);

  const near = path.join(dataDirectory, 'postgresql');
  if (existsSync(path.join(near, 'data'))) {
    throw new AppError('unavailable', `${file}, which holds the password of the database in ${near}, is missing.`);
  }
  const isReachable = !account || canReach(dataDirectory, account);
  const record = {
    home: isReachable ? near : path.join(SHARED_HOME, randomBytes(6).toString('hex')),
    port: await findFreePort(),
    password: randomBytes(24).toString('hex'),
    appPassword: randomBytes(24).toString('hex'),
    adminPassword: randomBytes(24).toString('hex'),
  };
  saveRecord(dataDirectory, record);
  return record;
}

function withApplication(dataDirectory: string, record: ClusterRecord): ClusterRecord {
  if (record.appPassword !== undefined) return record;
  const completed = { ...record, appPassword: randomBytes(24).toString('hex') };
  saveRecord(dataDirectory, completed);
  return completed;
}

/** How to find the database that runs there; null when there is none. */
export function findRecord(dataDirectory: string): ClusterRecord | null {
  const file = recordFile(dataDirectory);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ClusterRecord) : null;
}

export function saveRecord(dataDirectory: string, record: ClusterRecord): void {
  const file = recordFile(dataDirectory);
  writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function recordFile(dataDirectory: string): string {
  return path.join(dataDirectory, 'database.json');
}
