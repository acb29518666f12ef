import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { openQueues } from '@/lib/queues/backend';
import { addBacklog, jobsBefore } from '@/tests/support/backlog';
import { redisUrl, type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { requestAudit } from './audits';
import { relayOutbox } from './outbox';

/** Of those that were there first: the one that was next, and the one that was taken while the newcomer asked. */
const A_FEW = 3;

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const backends = [
  { name: 'PostgreSQL', redis: null, count: 10_000 },
  ...(redisUrl() ? [{ name: 'Redis', redis: redisUrl(), count: 2_000 }] : []),
];

describe.each(backends)('teams take turns over $name', ({ redis, count }) => {
  test(`an audit of a team with one waits for a few of a team with ${count}, not for all`, async () => {
    const settings = { databaseUrl: database.url, redisUrl: redis ?? undefined, prefix: randomUUID(), log: logger() };
    await using queues = await openQueues(settings);
    await addBacklog((await createTeam()).teamId, count);

    const first = await requestOne();
    const whileAllAreMoved = await jobsBefore(queues, first, () => relayOutbox(queues));
    const second = await requestOne();
    await relayOutbox(queues);
    const whenAllWait = await jobsBefore(queues, second);

    expect(whileAllAreMoved).toBeLessThanOrEqual(A_FEW);
    expect(whenAllWait).toBeLessThanOrEqual(A_FEW);
    const { waiting } = await queues.measure('git');
    expect(waiting).toBeGreaterThan(count * 0.99);
    await db().project.deleteMany();
  });
});

async function requestOne(): Promise<string> {
  const team = await createTeam();
  const projectId = await createProject(team);
  const body = { auditType: 'full', priority: 'normal' } as const;
  return (await requestAudit(team.as('member'), projectId, body, { trigger: 'manual' })).taskId;
}
