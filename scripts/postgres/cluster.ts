import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { type Account, CLEAN_ENV, canReach, databaseAccount } from './account';
import { type Binaries, installBinaries, POSTGRES_MAJOR } from './binaries';
import { diskFull, saysDiskFull } from './disk';
import { type ClusterRecord, openRecord, ownerSql } from './record';

/** An embedded PostgreSQL that can be started. */
export interface Cluster {
  directory: string;
  binaries: Binaries;
  account: Account | undefined;
  record: ClusterRecord;
}

/** Finds the database of a data directory, or makes it as a whole. */
export async function openCluster(dataDirectory: string): Promise<Cluster> {
  const account = databaseAccount();
  const record = await openRecord(dataDirectory, account);
  const directory = path.join(record.home, 'data');
  assertVersion(directory);
  prepareHome(record.home, account);

  const binaries = installBinaries(record.home);
  if (account) execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, binaries.root]);
  const cluster = { directory, binaries, account, record };
  if (!existsSync(directory)) initialise(cluster);
  return cluster;
}

/** Deletes the database's files, wherever they are. */
export function removeCluster({ record }: Cluster): void {
  rmSync(record.home, { recursive: true, force: true });
}

function assertVersion(directory: string): void {
  const versionFile = path.join(directory, 'PG_VERSION');
  if (!existsSync(versionFile)) return;
  const major = Number(readFileSync(versionFile, 'utf8'));
  if (major === POSTGRES_MAJOR) return;
  throw new AppError(
    'conflict',
    `The database in ${directory} was made by ${major > POSTGRES_MAJOR ? 'a newer' : 'an older'} PostgreSQL (${major}); this release runs ${POSTGRES_MAJOR}.`,
  );
}

function prepareHome(home: string, account: Account | undefined): void {
  mkdirSync(home, { recursive: true });
  if (!account) return;
  chownSync(home, account.uid, account.gid);
  if (!canReach(home, account)) throw new AppError('unavailable', `PostgreSQL's user cannot reach ${home}.`);
}

function initialise({ directory, binaries, account, record }: Cluster): void {
  const unfinished = `${directory}.new`;
  const passwordFile = `${directory}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, record.adminPassword, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  try {
    run(binaries.initdb, [...INITDB_FLAGS, '-D', unfinished, `--pwfile=${passwordFile}`], record.home, account);
    run(binaries.postgres, ['--single', '-D', unfinished, 'postgres'], record.home, account, ownerSql(record));
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, directory);
}

// The built-in locale needs nothing of the system and sorts the same everywhere.
const INITDB_FLAGS = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

function run(program: string, args: string[], home: string, account: Account | undefined, input = ''): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...account,
    cwd: home,
    env: CLEAN_ENV,
    input,
    encoding: 'utf8',
  });
  const output = `${stdout}${stderr}`;
  // A backend in single-user mode reports a failed statement and still ends with 0.
  if (status === 0 && !/^(ERROR|FATAL|PANIC):|\b(ERROR|FATAL|PANIC): {2}/m.test(output)) return;
  if (saysDiskFull(output)) throw diskFull(home);
  throw new AppError('unavailable', `The database in ${home} could not be made: ${lastLine(output)}`, { cause: error });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
