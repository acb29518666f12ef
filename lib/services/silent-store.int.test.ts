import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { openS3Store } from '@/lib/objects/s3-store';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { backupAgeSeconds } from './backups';
import { renderMetrics } from './metrics';

let database: TestDatabase;
const sockets = new Set<Socket>();
/** Takes connections and says nothing. */
const silent = createServer((socket) => {
  sockets.add(socket);
  socket.on('error', () => undefined);
});

beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  Object.assign(process.env, {
    S3_BUCKET: 'elder',
    S3_ENDPOINT: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    S3_ACCESS_KEY_ID: 'key',
    S3_SECRET_ACCESS_KEY: 'secret',
    BACKUP_KEY: 'c0ffee00112233445566778899aabbccddeeff0123456789fedcba9876543210',
    BACKUP_SCHEDULE: '0 * * * *',
  });
  database = await testDatabase();
});

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  silent.close();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('a store that never answers leaves all other metrics as they are, and is told after a while', async () => {
  // The database too may take longer than a collector may, on a busy machine; never each time.
  const metrics = await vi.waitFor(
    async () => {
      const told = await renderMetrics();
      expect(told).toMatch(/^elder_audits\{status="queued"\} 0$/m);
      return told;
    },
    { timeout: 30_000 },
  );

  expect(metrics).not.toMatch(/^elder_backup_age_seconds /m);
  expect(await backupAgeSeconds(Date.now() + 11 * 60_000)).toBe(Number.POSITIVE_INFINITY);
});

test('a request to a store ends when no answer comes', async () => {
  const endpoint = process.env.S3_ENDPOINT;
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const settings = { bucket: 'elder', region: 'us-east-1', endpoint, credentials, isPathStyle: true };
  using store = openS3Store(settings, { timeoutMs: 300 });

  await expect(store.head('some/key')).rejects.toMatchObject({ details: { problem: 'unreachable' } });
});
