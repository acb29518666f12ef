import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { holdWrites } from '@/tests/support/hold';
import { type HookServer, startHookServer } from '@/tests/support/hook-server';
import { notifiedTeam } from '@/tests/support/notified-team';

let hooks: HookServer;
let database: TestDatabase;
let dataDir: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  hooks = await startHookServer();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-notify-'));
  // Both sides seal and open with the key that is kept there.
  process.env.ELDER_DATA_DIR = dataDir;
  process.env.ALLOWED_HOSTS = hooks.host;
  database = await testDatabase();
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await hooks[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

test('a message whose worker is killed before it is written down comes again under the same id', async () => {
  const team = await notifiedTeam();
  const { channelId } = await team.addChannel({ kind: 'webhook', name: 'Ours', address: `${hooks.url}/killed` });
  const hold = await holdWrites(database.ownerUrl, 'channel_deliveries', 'update', "new.status = 'delivered'");
  const child = await startChild();
  await team.turn('red');
  await until('the message to be sent and nearly written down', () => hold.isWaiting());
  expect(hooks.at('/killed')).toHaveLength(1);

  child.kill('SIGKILL');
  await once(child, 'exit');
  await hold[Symbol.asyncDispose]();
  // As if the time that a try may take were over.
  const past = new Date(Date.now() - 1000);
  await db().channelDelivery.updateMany({ where: { channelId }, data: { nextTryAt: past, sendingAt: past } });
  await startChild();
  await until(
    'the message to be delivered',
    async () => (await db().channelDelivery.count({ where: { channelId, status: 'delivered' } })) === 1,
  );

  const [first, second] = hooks.at('/killed');
  expect(hooks.at('/killed')).toHaveLength(2);
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(second?.raw).toBe(first?.raw);
  expect(await db().channelDelivery.findFirst({ where: { channelId } })).toMatchObject({ tries: 2, problem: null });
}, 180_000);

async function startChild(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'workers/main.ts'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, DATABASE_URL: database.url, WORKER_CONCURRENCY: '2', WORKER_KINDS: 'deliver,maintain' },
  });
  children.add(child);
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  expect(message).toBe('ready');
  return child;
}
