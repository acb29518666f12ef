import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createContext } from '@/lib/auth/context';
import { asNobody } from '@/lib/auth/tenants';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { changesOf, createPerson, type TestPerson } from '@/tests/support/people';
import { requestAudit } from './audits';
import { deleteProject } from './project-changes';
import { createShareLink, listShareLinks, revokeShareLink } from './share-links';
import { getSharedReport } from './shared-reports';

let database: TestDatabase;
let team: TestTeam;
let person: TestPerson;
let projectId: string;
let auditId: string;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

beforeEach(async () => {
  team = await createTeam();
  person = await createPerson({ [team.teamId]: 'member' });
  projectId = await createProject(team);
  auditId = await runJudgedAudit(team.as('member'), projectId, {
    results: [
      magicResult('integrity', [
        markerFinding('low', { severity: 'low' }),
        markerFinding('high', { severity: 'high', evidence: 'const secret = 1' }),
      ]),
    ],
  });
});

const REQUEST = { expiresInDays: 7, includeCode: false };

const make = async (request = REQUEST) => {
  const { link, ...view } = await createShareLink(await person.ask(), auditId, request);
  return { ...view, token: link.slice(link.lastIndexOf('/') + 1) };
};

/** As a visitor whom nobody knows. */
function open(token: string, { page = 1, address = randomUUID() }: { page?: number; address?: string } = {}) {
  const ctx = createContext({ userId: null, roles: new Map(), requestId: 'request-1', address, log: logger() });
  return asNobody(() => getSharedReport(ctx, token, page));
}

describe('a link to a report', () => {
  test('shows the audit to anybody, without code and without an id that leads further', async () => {
    const { token } = await make();

    const report = await open(token);

    expect(report).toMatchObject({
      projectName: 'Project',
      number: 1,
      status: 'completed',
      healthScore: 90,
      counts: { high: 1, low: 1 },
      magics: [{ magic: 'integrity', status: 'passed', score: 90, coverage: 1 }],
      findings: [
        { severity: 'high', path: 'src/high.ts', evidence: null },
        { severity: 'low', path: 'src/low.ts', evidence: null },
      ],
      total: 2,
    });
    const text = JSON.stringify(report);
    for (const secret of [projectId, auditId, team.teamId, person.userId, 'const secret']) {
      expect(text).not.toContain(secret);
    }
  });

  test('shows excerpts of code when its maker said so', async () => {
    const { token } = await make({ ...REQUEST, includeCode: true });

    expect((await open(token)).findings[0]?.evidence).toBe('const secret = 1');
  });

  test('is shown once: only its hash is kept, and neither is in the audit log', async () => {
    const { token, shareLinkId } = await make();

    const rows = JSON.stringify([
      await db().shareLink.findMany(),
      await changesOf(team.teamId),
      await listShareLinks(await person.ask(), auditId),
    ]);

    expect(rows).not.toContain(token);
    expect(rows).toContain(shareLinkId);
    expect(await changesOf(team.teamId, person.userId)).toMatchObject([
      { action: 'share.created', target: auditId, after: { includeCode: false } },
    ]);
  });

  test('is listed with its last opening until it is revoked, and then opens nothing', async () => {
    const { token, shareLinkId } = await make();
    expect((await listShareLinks(await person.ask(), auditId)).items).toMatchObject([{ lastOpenedAt: null }]);
    await open(token);
    expect((await listShareLinks(await person.ask(), auditId)).items).toMatchObject([
      { shareLinkId, createdBy: 'Person', lastOpenedAt: expect.any(String) },
    ]);

    await revokeShareLink(await person.ask(), auditId, shareLinkId);

    expect((await listShareLinks(await person.ask(), auditId)).items).toEqual([]);
    await expect(open(token)).rejects.toMatchObject({ code: 'gone' });
    await expect(revokeShareLink(await person.ask(), auditId, shareLinkId)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('ends on its day', async () => {
    const { token, shareLinkId, createdAt, expiresAt } = await make();
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(7 * 24 * 3600_000);

    await db().shareLink.update({ where: { id: shareLinkId }, data: { expiresAt: new Date() } });

    await expect(open(token)).rejects.toMatchObject({ code: 'gone' });
    expect((await listShareLinks(await person.ask(), auditId)).items).toEqual([]);
  });

  test('ends with the membership of who made it', async () => {
    const { token } = await make();
    const ofPerson = { userId_teamId: { userId: person.userId, teamId: team.teamId } };

    await db().membership.update({ where: ofPerson, data: { role: 'viewer' } });
    await expect(open(token)).rejects.toMatchObject({ code: 'gone' });
    expect((await listShareLinks(team.as('member'), auditId)).items).toEqual([]);

    await db().membership.delete({ where: ofPerson });
    await expect(open(token)).rejects.toMatchObject({ code: 'gone' });
  });

  test('is opened so often from one address, and so often by all', async () => {
    const [address, first, second] = [randomUUID(), await make(), await make()];
    const opened = async (tries: readonly (() => Promise<unknown>)[]) =>
      (await Promise.allSettled(tries.map((one) => one()))).filter(({ status }) => status === 'fulfilled').length;

    expect(await opened(Array.from({ length: 130 }, () => () => open(first.token, { address })))).toBe(120);
    await expect(open(second.token, { address })).rejects.toMatchObject({ code: 'rate_limited' });
    expect(await opened(Array.from({ length: 130 }, () => () => open(first.token)))).toBe(120);
  });

  test('ends with its project', async () => {
    const { token } = await make();

    await deleteProject(team.as('admin'), projectId);

    await expect(open(token)).rejects.toMatchObject({ code: 'gone' });
  });

  test('shows long lists in pages, and the last one beyond the end', async () => {
    const many = Array.from({ length: 130 }, (_, index) => markerFinding(`f${String(index).padStart(3, '0')}`));
    auditId = await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('integrity', many)] });
    const { token } = await make();

    const [first, last, beyond] = [await open(token), await open(token, { page: 2 }), await open(token, { page: 9 })];

    expect([first.findings.length, last.findings.length, first.total]).toEqual([100, 30, 130]);
    expect(beyond).toEqual(last);
  });
});

test('an address that guesses is slowed down', async () => {
  const address = randomUUID();
  const codes = [];
  for (let turn = 0; turn < 61; turn += 1) {
    codes.push(await open(`guess-${turn}`, { address }).catch((error: { code: string }) => error.code));
  }

  expect([codes[0], codes[59], codes[60]]).toEqual(['gone', 'gone', 'rate_limited']);
});

test('an audit without a result is not shared', async () => {
  const { taskId } = await requestAudit(
    team.as('member'),
    projectId,
    { auditType: 'full', priority: 'normal' },
    { trigger: 'manual' },
  );

  await expect(createShareLink(await person.ask(), taskId, REQUEST)).rejects.toMatchObject({
    code: 'unprocessable',
    details: { reason: 'no_result' },
  });
});

test('viewers may not share, and another team does not learn of the audit', async () => {
  const { shareLinkId } = await make();
  const others = await createTeam();

  for (const [who, code] of [
    [team.as('viewer'), 'forbidden'],
    [others.as('owner'), 'not_found'],
  ] as const) {
    await expect(createShareLink(who, auditId, REQUEST)).rejects.toMatchObject({ code });
    await expect(listShareLinks(who, auditId)).rejects.toMatchObject({ code });
    await expect(revokeShareLink(who, auditId, shareLinkId)).rejects.toMatchObject({ code });
  }
});
