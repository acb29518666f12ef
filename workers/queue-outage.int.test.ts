import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { openGitDir } from '@/lib/git/open-local';
import { resolveCommit } from '@/lib/git/read-tree';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { getWebhook } from '@/lib/services/project-webhooks';
import { until } from '@/tests/support/audits';
import { redisUrl, type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { pushSketch } from '@/tests/support/git-remote';
import { localRepository } from '@/tests/support/local-repository';
import { isSettled, madeUpCommit, preparePush, sendPush, sendPushes } from '@/tests/support/pushes';
import { type OwnRedis, startOwnRedis } from '@/tests/support/redis';
import { startWorker } from './worker';

const PUSHES = 120;
const AT_ONCE = 10;
/** Before which pushes the queue is killed, with all it holds; it is back, and empty, after ten of them. */
const OUTAGES = [30, 80];

// A server of its own, which is killed: where the run is given a Redis and none is installed, this is left out.
const own = redisUrl() === null ? null : await startOwnRedis();

describe.runIf(own)('the queue', () => {
  let database: TestDatabase;
  let work: string;
  let redis: OwnRedis;

  beforeAll(async () => {
    redis = own as OwnRedis;
    work = await mkdtemp(path.join(tmpdir(), 'elder-queue-outage-'));
    process.env.ELDER_DATA_DIR = path.join(work, 'data');
    process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
    // Events go over it as well.
    process.env.REDIS_URL = redis.url;
    database = await testDatabase();
  });

  afterAll(async () => {
    await closePublisher();
    await closeDb();
    await database[Symbol.asyncDispose]();
    await redis[Symbol.asyncDispose]();
    await rm(work, { recursive: true, force: true });
  });

  test('is killed twice under deliveries: all are answered, each is looked into once, and the newest commit is audited', async () => {
    await using repository = await localRepository({ files: { 'src/pay.ts': 'export const a = 1;\n' } });
    const team = await createTeam();
    const projectId = await createProject(team, repository);
    const { secret } = await getWebhook(team.as('admin'), projectId);
    const options = { databaseUrl: database.url, redisUrl: redis.url, kinds: WORKER_KINDS, concurrency: 4 };
    const worker = await startWorker({ ...options, log: logger(), queuePrefix: randomUUID() });
    const prepare = (after: string) => preparePush(secret, { after, files: ['src/pay.ts'] });
    await pushSketch(repository.path, { files: { 'src/pay.ts': '// TODO: charge the card\nexport const a = 2;\n' } });
    const last = await resolveCommit(await openGitDir(repository.path));
    const pushes = Array.from({ length: PUSHES - 1 }, (_, at) => prepare(madeUpCommit(at + 1)));
    pushes.push(prepare(last));

    const refused: typeof pushes = [];
    const statuses = new Set<number>();
    for (let at = 0; at < PUSHES; at += AT_ONCE) {
      const isAway = OUTAGES.includes(at);
      if (isAway) await redis.kill();
      const some = pushes.slice(at, at + AT_ONCE);
      const answers = await sendPushes(projectId, some, AT_ONCE);
      answers.forEach(({ status }, index) => {
        statuses.add(status);
        const push = some[index];
        if (status !== 202 && push) refused.push(push);
      });
      if (isAway) await redis.startAgain();
    }
    for (const push of refused) expect([200, 202]).toContain((await sendPush(projectId, push)).status);
    await until('all deliveries to be looked into', () => isSettled(projectId), 240_000);
    await worker.stop();

    expect([...statuses].filter((status) => status !== 202 && status !== 503)).toEqual([]);
    const deliveries = await db().webhookDelivery.findMany({ where: { projectId } });
    expect(deliveries).toHaveLength(PUSHES);
    expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set(['processed']));
    const audits = await db().audit.findMany({ where: { projectId }, orderBy: { number: 'asc' } });
    expect(audits.at(-1)).toMatchObject({ status: 'completed', commitId: last });
    const asked = deliveries.filter(({ outcome }) => JSON.stringify(outcome).includes('audit_queued'));
    expect(audits).toHaveLength(asked.length);
    expect(audits.filter(({ status }) => status !== 'completed' && status !== 'cancelled')).toEqual([]);
  }, 420_000);
});
