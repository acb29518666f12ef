import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { runGit } from '@/lib/git/run-git';
import { closePublisher } from '@/lib/realtime/publish';
import type { ManualAuditRequest } from '@/lib/schemas/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { localRepository } from '@/tests/support/local-repository';
import { cancelAudit, getAudit, listAudits, requestAudit } from './audits';

const FULL: ManualAuditRequest = { auditType: 'full', priority: 'normal' };

let database: TestDatabase;
let team: TestTeam;
let projectId: string;

beforeAll(async () => {
  database = await testDatabase();
  team = await createTeam();
  projectId = await createProject(team);
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

describe('requestAudit', () => {
  test('answers a repeated key with the audit of the first call', async () => {
    const options = { trigger: 'api', idempotencyKey: randomUUID() } as const;

    const answers = await Promise.all([1, 2, 3].map(() => requestAudit(team.as('member'), projectId, FULL, options)));

    expect(new Set(answers.map(({ taskId }) => taskId)).size).toBe(1);
  });

  test('queues another audit for another key, and runs one at a time on a branch', async () => {
    const own = await createProject(team);
    const keys = [randomUUID(), randomUUID()];

    const ids = [];
    for (const idempotencyKey of keys) {
      const { taskId } = await requestAudit(team.as('member'), own, FULL, { trigger: 'api', idempotencyKey });
      ids.push(taskId);
    }

    expect(await db().auditJob.findMany({ where: { auditId: { in: ids } }, select: { auditId: true } })).toEqual([
      { auditId: ids[0] },
    ]);
  });

  test('does not wait for an audit that somebody holds, as a worker does that begins it', async () => {
    const own = await createProject(team);
    const first = await requestAudit(team.as('member'), own, FULL, { trigger: 'push' });

    const same = await db().$transaction(async (tx) => {
      await tx.$queryRaw`select id from audits where id = ${first.taskId}::uuid for update`;
      return requestAudit(team.as('member'), own, FULL, { trigger: 'push' });
    });

    expect(same.taskId).toBe(first.taskId);
  });

  test('takes an equal audit that has not begun', async () => {
    const own = await createProject(team);
    const first = await requestAudit(team.as('member'), own, FULL, { trigger: 'push' });

    const same = await requestAudit(team.as('member'), own, FULL, { trigger: 'push' });
    const other = await requestAudit(team.as('member'), own, { ...FULL, enabledMagics: ['git'] }, { trigger: 'push' });

    expect(same.taskId).toBe(first.taskId);
    expect(other.taskId).not.toBe(first.taskId);
  });

  test('runs audits of two branches side by side', async () => {
    const own = await createProject(team);

    await requestAudit(team.as('member'), own, FULL, { trigger: 'manual' });
    await requestAudit(team.as('member'), own, { ...FULL, branch: 'next' }, { trigger: 'manual' });

    expect(await db().auditJob.count({ where: { audit: { projectId: own } } })).toBe(2);
  });

  describe('of a branch', () => {
    const ask = (own: string, branch: string, trigger: 'manual' | 'push' = 'manual', idempotencyKey?: string) =>
      requestAudit(team.as('member'), own, { ...FULL, branch }, { trigger, idempotencyKey });

    beforeAll(() => {
      process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
    });

    test('refuses one that the repository does not have, at its field', async () => {
      await using repository = await localRepository({ files: { 'a.ts': 'export const a = 1;\n' } });
      const own = await createProject(team, { path: repository.path });

      await expect(ask(own, 'gone')).rejects.toMatchObject({
        code: 'repository_no_such_branch',
        details: { fields: [{ field: 'branch' }] },
      });

      expect(await db().audit.count({ where: { projectId: own } })).toBe(0);
    });

    test('takes one that it has', async () => {
      await using repository = await localRepository({ files: { 'a.ts': 'export const a = 1;\n' } });
      await runGit(['branch', 'next', 'main'], { gitDir: repository.path });
      const own = await createProject(team, { path: repository.path });

      expect(await ask(own, 'next')).toMatchObject({ projectId: own });
    });

    test('leaves it to the audit where the branch was audited before, a push told of it, or nothing can be asked', async () => {
      await using repository = await localRepository({ files: { 'a.ts': 'export const a = 1;\n' } });
      const own = await createProject(team, { path: repository.path });
      const audit = { status: 'completed', kind: 'full', trigger: 'push' } as const;
      await db().audit.create({
        data: {
          ...audit,
          enabledMagics: [],
          policy: {},
          projectId: own,
          number: 0,
          branch: 'old',
          commitId: 'a'.repeat(40),
        },
      });

      await expect(ask(own, 'old')).resolves.toBeTruthy();
      await expect(ask(own, 'pushed', 'push')).resolves.toBeTruthy();
      await expect(ask(await createProject(team), 'gone')).resolves.toBeTruthy();
    });
  });

  test('lets teams take turns: a team with much under way stands behind one with nothing', async () => {
    const [busy, idle] = [await createTeam(), await createTeam()];
    for (let count = 0; count < 5; count += 1) {
      await requestAudit(busy.as('member'), await createProject(busy), FULL, { trigger: 'manual' });
    }
    await requestAudit(idle.as('member'), await createProject(idle), FULL, { trigger: 'manual' });

    const ranks = async ({ teamId }: TestTeam) => {
      const audits = await db().audit.findMany({ where: { project: { teamId } }, orderBy: { createdAt: 'asc' } });
      return audits.map(({ priority }) => priority);
    };
    const [firstOfBusy = 0, secondOfBusy = 0] = await ranks(busy);
    expect(await ranks(idle)).toEqual([firstOfBusy]);
    expect(secondOfBusy).toBeGreaterThan(firstOfBusy);
  });

  test('refuses magics that the policy switched off', async () => {
    const strict = await createTeam({ magics: { git: { isEnabled: false, weight: 10 } } });
    const own = await createProject(strict);

    const request = requestAudit(strict.as('member'), own, { ...FULL, enabledMagics: ['git'] }, { trigger: 'manual' });

    await expect(request).rejects.toMatchObject({ code: 'invalid_request' });
  });

  test('is hidden from another team and forbidden to those who only look', async () => {
    const stranger = await createTeam();

    const refusals = await Promise.allSettled([
      requestAudit(stranger.as('owner'), projectId, FULL, { trigger: 'manual' }),
      requestAudit(team.as('viewer'), projectId, FULL, { trigger: 'manual' }),
    ]);

    expect(refusals.map((end) => end.status === 'rejected' && end.reason.code)).toEqual(['not_found', 'forbidden']);
  });
});

describe('cancelAudit', () => {
  test('ends an audit that waits, and starts the next of its branch', async () => {
    const own = await createProject(team);
    const [first, second] = await requestTwo(own);

    await cancelAudit(team.as('member'), first);

    const audit = await getAudit(team.as('viewer'), first);
    expect(audit).toMatchObject({ status: 'cancelled', gate: null });
    expect(audit.jobs.map(({ status }) => status)).toEqual(['cancelled']);
    expect(audit.progress.stages.every(({ status }) => status === 'cancelled')).toBe(true);
    expect(await db().auditJob.count({ where: { auditId: second, kind: 'prepare', status: 'waiting' } })).toBe(1);
  });

  test('changes nothing the second time', async () => {
    const own = await createProject(team);
    const [first] = await requestTwo(own);
    await cancelAudit(team.as('member'), first);
    const before = await getAudit(team.as('viewer'), first);

    await cancelAudit(team.as('member'), first);

    expect(await getAudit(team.as('viewer'), first)).toEqual(before);
  });

  test('is hidden from another team', async () => {
    const [stranger, own] = [await createTeam(), await createProject(team)];
    const [first] = await requestTwo(own);

    await expect(cancelAudit(stranger.as('owner'), first)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getAudit(stranger.as('owner'), first)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('listAudits', () => {
  test('pages through all audits, newest first', async () => {
    const own = await createProject(team);
    for (let count = 0; count < 5; count += 1) {
      await requestAudit(team.as('member'), own, FULL, { trigger: 'api', idempotencyKey: randomUUID() });
    }

    const first = await listAudits(team.as('viewer'), { projectId: own, limit: 3 });
    const second = await listAudits(team.as('viewer'), { projectId: own, limit: 3, cursor: first.nextCursor ?? '' });

    expect([...first.items, ...second.items].map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
    expect(second.nextCursor).toBeNull();
  });

  test('shows nothing of another team', async () => {
    const stranger = await createTeam();

    expect((await listAudits(stranger.as('owner'), { limit: 10 })).items).toEqual([]);
    await expect(listAudits(stranger.as('owner'), { projectId, limit: 10 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

async function requestTwo(project: string): Promise<[string, string]> {
  const [first, second] = [randomUUID(), randomUUID()];
  const ask = (idempotencyKey: string) =>
    requestAudit(team.as('member'), project, FULL, { trigger: 'api', idempotencyKey });
  return [(await ask(first)).taskId, (await ask(second)).taskId];
}
