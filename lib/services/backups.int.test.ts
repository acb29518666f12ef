import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backupKeys, listBackups, newBackupName } from '@/lib/backup/backup-list';
import { closeDb } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { openDirectoryStore } from '@/lib/objects/directory-store';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { backupAgeSeconds, backupOverdueSeconds, makeScheduledBackup, readBackupStatus } from './backups';
import { renderMetrics } from './metrics';

const HOUR_MS = 3_600_000;
const running = new AbortController().signal;

let database: TestDatabase;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'elder-scheduled-'));
  process.env.BACKUP_DIR = directory;
  process.env.BACKUP_KEY = randomBytes(32).toString('hex');
  // Half an hour away: no time of the schedule passes while backups are made, however long that takes.
  process.env.BACKUP_SCHEDULE = `${(new Date().getUTCMinutes() + 30) % 60} * * * *`;
  process.env.BACKUP_KEEP = '1d';
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

test('a backup is made when it is due, by the role of the worker, once, and the one before goes', async () => {
  const now = new Date();
  await vi.waitFor(async () => {
    expect(await backupAgeSeconds(now.getTime() - 10 * HOUR_MS)).toBe(Number.POSITIVE_INFINITY);
  });
  expect(await backupOverdueSeconds(now.getTime() - 9 * HOUR_MS)).toBeGreaterThan(0);
  expect(await readBackupStatus(now)).toMatchObject({ newest: null, ageSeconds: null, isDue: true });

  const first = await makeScheduledBackup(logger(), now, running);

  expect(first).toMatchObject({ tables: expect.any(Number), keys: [] });
  expect(await makeScheduledBackup(logger(), now, running)).toBeNull();
  expect(await readBackupStatus(now)).toMatchObject({ newest: first, isDue: false });
  expect(await renderMetrics()).toMatch(/^elder_backup_age_seconds \d+(\.\d+)?$/m);

  expect(await backupOverdueSeconds(now.getTime())).toBe(0);
  expect(await renderMetrics()).toMatch(/^elder_backup_overdue_seconds \d/m);
  // What anybody may write who may write to the store.
  const store = openDirectoryStore(directory);
  for (const madeAt of [new Date('2099-01-01T00:00:00Z'), new Date(now.getTime() + HOUR_MS)]) {
    const name = newBackupName(madeAt);
    async function* forged() {
      yield Buffer.from(JSON.stringify({ ...first, name, madeAt: madeAt.toISOString() }));
    }
    await store.put(backupKeys(name).manifest, forged());
  }
  expect(await readBackupStatus(new Date(now.getTime() + HOUR_MS))).toMatchObject({ newest: first, isDue: true });

  const second = await makeScheduledBackup(logger(), new Date(now.getTime() + HOUR_MS), running);

  expect(second?.name).not.toBe(first?.name);
  expect((await listBackups(store)).backups).toEqual([second]);
  expect(await makeScheduledBackup(logger(), new Date(now.getTime() + 2 * HOUR_MS), AbortSignal.abort())).toBeNull();
  expect((await listBackups(store)).backups).toEqual([second]);
});
