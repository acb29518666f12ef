import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import type { HotspotMap } from '@/lib/magics/maps/hotspot-map';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, runJudgedAudit } from '@/tests/support/judged-audits';
import { packMap } from './audit-maps';
import { cancelAudit, requestAudit } from './audits';
import { getComponents, getHotspots, getUnreadFiles } from './maps';

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  team = await createTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('shows the map of the newest audit of the branch and keeps no older one', async () => {
  const projectId = await createProject(team);
  await audit(projectId, 'old.ts');
  const newest = await audit(projectId, 'new.ts');
  const other = await audit(projectId, 'other.ts', 'next');

  const hotspots = await getHotspots(team.as('viewer'), projectId);

  expect(hotspots).toMatchObject({ source: { auditId: newest, auditNumber: 2 }, files: [{ path: 'new.ts' }] });
  const kept = await db().auditMap.findMany({ where: { audit: { projectId } }, select: { auditId: true } });
  expect(kept.map(({ auditId }) => auditId).sort()).toEqual([newest, other].sort());
});

test('keeps the map of the audit before when a later one drew none', async () => {
  const projectId = await createProject(team);
  const first = await audit(projectId, 'a.ts');
  await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('git')] });

  expect((await getHotspots(team.as('viewer'), projectId)).source?.auditId).toBe(first);
});

test('a cancelled audit leaves no map', async () => {
  const projectId = await createProject(team);
  const request = { auditType: 'full', priority: 'normal' } as const;
  const { taskId: auditId } = await requestAudit(team.as('member'), projectId, request, { trigger: 'manual' });
  await db().auditMap.create({ data: { auditId, ...(await packMap('components', {})) } });

  await cancelAudit(team.as('member'), auditId);

  expect(await db().auditMap.count({ where: { auditId } })).toBe(0);
});

test('says that nothing was drawn yet', async () => {
  const projectId = await createProject(team);

  expect(await getHotspots(team.as('viewer'), projectId)).toMatchObject({ source: null, files: [] });
  expect(await getComponents(team.as('viewer'), projectId)).toEqual({ source: null, components: [] });
  expect(await getUnreadFiles(team.as('viewer'), projectId)).toEqual({ source: null, counts: {}, files: [] });
});

test('is not found for another team', async () => {
  const projectId = await createProject(team);
  const stranger = (await createTeam()).as('owner');

  for (const ask of [getHotspots, getComponents, getUnreadFiles]) {
    await expect(ask(stranger, projectId)).rejects.toMatchObject({ code: 'not_found' });
  }
});

async function audit(projectId: string, path: string, branch?: string): Promise<string> {
  const none = { revisions: null, fixes: null, churn: null, authors: null, risk: null };
  const file = { path, component: '.', codeLines: 10, complexity: 1, ...none };
  const hotspots: HotspotMap = { files: [file], leftOut: 0, since: null, untested: null, remarks: [] };
  return runJudgedAudit(team.as('member'), projectId, {
    results: [magicResult('predictive')],
    map: await packMap('hotspots', hotspots),
    ...(branch && { branch }),
  });
}
