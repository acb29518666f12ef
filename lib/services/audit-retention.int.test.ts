import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { Configuration } from '@/lib/schemas/configuration';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { changesOf, createPerson, newTeam } from '@/tests/support/people';
import { deleteOldAudits } from './audit-retention';
import { saveConfiguration } from './configuration';

let database: TestDatabase;
let teamId: string;
let projectId: string;

beforeAll(async () => {
  database = await testDatabase();
});

beforeEach(async () => {
  teamId = await newTeam();
  const values = { teamId, name: 'Project', repositoryUrl: '/nowhere', canonicalKey: randomUUID(), branch: 'main' };
  ({ id: projectId } = await db().project.create({ data: values }));
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function keep(retention: object, gate: object = {}): Promise<void> {
  const admin = await createPerson({ [teamId]: 'admin' });
  const configuration = Configuration.parse({ retention, gate });
  await saveConfiguration(await admin.ask(), teamId, { version: 0, configuration, preset: null, reason: 'tidy' });
}

interface Row {
  days?: number;
  branch?: string;
  status?: 'completed' | 'running' | 'failed';
  gate?: string;
  magics?: string[];
}

/** Audits in the order given, the last of `main` current. */
async function audits(...rows: Row[]): Promise<void> {
  for (const [at, { days = 0, branch = 'main', status = 'completed', gate, magics = ['tdd'] }] of rows.entries()) {
    const { id } = await db().audit.create({
      data: {
        projectId,
        number: at + 1,
        status,
        kind: 'full',
        trigger: 'manual',
        branch,
        policy: {},
        enabledMagics: [],
        ...(gate && { gate }),
        createdAt: new Date(Date.now() - days * 86_400_000),
        magicResults: {
          create: magics.map((magic) => ({ magic, attempt: 1, status: 'passed', result: { rules: [] } })),
        },
      },
    });
    if (branch === 'main' && status === 'completed') {
      await db().project.update({ where: { id: projectId }, data: { currentAuditId: id } });
    }
  }
}

async function left(): Promise<number[]> {
  const rows = await db().audit.findMany({ where: { projectId }, orderBy: { number: 'asc' } });
  return rows.map(({ number }) => number);
}

test('nothing is deleted unless a team says so', async () => {
  await audits({ days: 4000 }, { days: 3000 }, {});
  await deleteOldAudits();
  await keep({});
  await deleteOldAudits();

  expect(await left()).toEqual([1, 2, 3]);
});

test('audits go with their age, and it is written down', async () => {
  await keep({ days: 30 });
  await audits({ days: 90 }, { days: 31 }, { days: 29 }, { days: 1 });

  await deleteOldAudits();

  expect(await left()).toEqual([3, 4]);
  const rows = await db().auditLogEntry.findMany({ where: { teamId, action: 'audits.expired' } });
  expect(rows).toMatchObject([{ target: projectId, actorId: null, detail: { audits: 2, from: 1, to: 2 } }]);
  expect((await changesOf(teamId)).map(({ action }) => action)).toEqual(['configuration.changed', 'audits.expired']);
});

test('so many of each branch are kept', async () => {
  await keep({ audits: 2 });
  await audits({}, { branch: 'side' }, {}, { branch: 'side' }, {}, { branch: 'side' });

  await deleteOldAudits();

  expect(await left()).toEqual([3, 4, 5, 6]);
});

test.each([
  ['the newest of a branch', [{ branch: 'side', days: 90 }, {}], [1, 2]],
  ['the current one, though a newer one failed', [{ days: 90 }, { status: 'failed' as const, magics: [] }], [1, 2]],
  ['what still runs', [{ status: 'running' as const, days: 90 }, {}], [1, 2]],
  ['the newest that passed', [{ gate: 'passed', days: 95 }, { gate: 'passed', days: 90 }, { gate: 'failed' }], [2, 3]],
  ['the newest word of a magic', [{ days: 95 }, { days: 90, magics: ['git'] }, { days: 1 }], [2, 3]],
])('keeps %s, however old', async (_, rows, expected) => {
  await keep({ days: 30 });
  await audits(...rows);

  await deleteOldAudits();

  expect(await left()).toEqual(expected);
});

test('keeps what an open finding was seen in last', async () => {
  await keep({ days: 30 });
  await audits({ days: 95 }, { days: 90 }, {});
  const [first, second] = await db().audit.findMany({ where: { projectId }, orderBy: { number: 'asc' } });
  const finding = {
    projectId,
    ruleId: 'tdd/has-assertion',
    magic: 'tdd',
    severity: 'high',
    severityRank: 1,
    confidence: 1,
    messageId: 'none',
    firstSeenAt: new Date(),
    lastSeenAt: new Date(),
    data: {},
  };
  const seen = (id = '') => ({ firstAuditId: id, lastAuditId: id, fingerprint: randomUUID() });
  await db().finding.create({ data: { ...finding, ...seen(first?.id), state: 'existing' } });
  await db().finding.create({ data: { ...finding, ...seen(second?.id), state: 'fixed' } });

  await deleteOldAudits();

  expect(await left()).toEqual([1, 3]);
});

const OLD_AND_CURRENT = [{ days: 95 }, { days: 90 }, { days: 85 }, {}];

async function change(number: number, data: object): Promise<void> {
  await db().audit.update({ where: { projectId_number: { projectId, number } }, data });
}

async function idOf(number: number): Promise<string> {
  return (await db().audit.findFirstOrThrow({ where: { projectId, number } })).id;
}

test('keeps what audits under way, and the newest of each branch, take for old code', async () => {
  await keep({ days: 30 });
  await audits(...OLD_AND_CURRENT, { branch: 'side' }, { status: 'running' });
  // The third audit is over and another followed it: what it looked back to may go.
  for (const [number, baseline] of [
    [3, 3],
    [5, 2],
    [6, 1],
  ] as const) {
    await change(number, { gateBaselineId: await idOf(baseline) });
  }

  await deleteOldAudits();

  expect(await left()).toEqual([1, 2, 4, 5, 6]);
});

test('keeps the newest audit before the day that the gate asks for', async () => {
  await keep({ days: 30 }, { newCode: { since: 'date', date: '2026-02-01' } });
  await audits(...OLD_AND_CURRENT);
  const days = ['2026-01-10', '2026-01-31T23:59:59Z', '2026-02-01'];
  for (const [at, day] of days.entries()) {
    await change(at + 1, { committedAt: new Date(day), commitId: String(at).repeat(40) });
  }

  await deleteOldAudits();

  expect(await left()).toEqual([2, 4]);
});

test('deletes nothing where the gate asks for a tag until an audit has found what stands for it', async () => {
  const gate = { newCode: { since: 'tag', tag: 'v1' } };
  await keep({ days: 30 }, gate);
  await audits(...OLD_AND_CURRENT);
  await deleteOldAudits();
  const before = await left();
  await change(4, { policy: { gate }, gateBaselineId: await idOf(2) });

  await deleteOldAudits();

  expect([before, await left()]).toEqual([
    [1, 2, 3, 4],
    [2, 4],
  ]);
});

test('many go in several turns', async () => {
  await keep({ audits: 1 });
  await audits(...Array.from({ length: 53 }, () => ({})));

  expect(await deleteOldAudits()).toBeGreaterThanOrEqual(52);
  expect(await left()).toEqual([53]);
});

test('audits of pull requests and of their bases go by their age, the newest too', async () => {
  await audits(
    { days: 90, branch: 'main~base-abc' },
    { days: 90, branch: 'main~pull-7', gate: 'passed' },
    { days: 5, branch: 'main~pull-8' },
    { days: 90, branch: 'topic' },
    {},
  );
  await keep({ days: 30 });

  await deleteOldAudits();

  expect(await left()).toEqual([3, 4, 5]);
});
