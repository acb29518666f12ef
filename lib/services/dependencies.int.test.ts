import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { type DependencyMap, mapDependencies } from '@/lib/magics/maps/dependency-map';
import { closePublisher } from '@/lib/realtime/publish';
import { buildCycloneDx } from '@/lib/reports/cyclonedx';
import type { DependencyFilter } from '@/lib/schemas/dependencies';
import packageJson from '@/package.json' with { type: 'json' };
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, runJudgedAudit } from '@/tests/support/judged-audits';
import { factsFrom } from '@/tests/support/sketch';
import { packMap } from './audit-maps';
import { getAuditSbom, listDependencies } from './dependencies';

const FILES = {
  'package.json': '{ "name": "shop", "dependencies": { "lodash": "4" } }',
  'package-lock.json': JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { lodash: '4' } },
      'node_modules/lodash': { version: '4.17.20', license: 'MIT' },
      'node_modules/a-helper': { version: '1.0.0' },
    },
  }),
  'requirements.txt': 'django==3.2.0\n',
};

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

test('lists the vulnerable first and pages through every dependency once', async () => {
  const { projectId, auditId } = await audited();

  const first = await list(projectId, { limit: 2 });
  const second = await list(projectId, { limit: 2, cursor: first.nextCursor ?? '' });

  expect(first).toMatchObject({ source: { auditId, auditNumber: 1 }, total: 3 });
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['django', 'a-helper', 'lodash']);
  expect(second.nextCursor).toBeNull();
  expect(first.items[0]).toMatchObject({ upgradeTo: '3.2.4', advisories: [{ id: 'PYSEC-1', score: 9.1 }] });
  expect(first.items[1]).toMatchObject({ advisories: [], isDirect: false });
  expect(first.summary).toEqual({
    packages: 3,
    direct: 2,
    vulnerable: 1,
    ecosystems: [
      { ecosystem: 'npm', packages: 2, direct: 1 },
      { ecosystem: 'python', packages: 1, direct: 1 },
    ],
  });
});

test.each<[Partial<DependencyFilter>, string[]]>([
  [{ ecosystem: 'npm' }, ['a-helper', 'lodash']],
  [{ kind: 'transitive' }, ['a-helper']],
  [{ kind: 'direct' }, ['django', 'lodash']],
  [{ kind: 'vulnerable' }, ['django']],
  [{ search: 'LOD' }, ['lodash']],
  [{ search: '%' }, []],
])('under the filter %j', async (filter, names) => {
  const { projectId } = await audited();

  const page = await list(projectId, filter);

  expect(page.items.map(({ name }) => name)).toEqual(names);
  expect(page.total).toBe(names.length);
});

test('says that nothing is known of vulnerabilities without data', async () => {
  const { projectId } = await audited({ advisories: null });

  const page = await list(projectId);

  expect(page).toMatchObject({ advisories: null, summary: { vulnerable: null } });
  expect(page.items.map(({ advisories }) => advisories)).toEqual([null, null, null]);
});

test('the bill of materials is the one the command line writes', async () => {
  const { projectId, auditId, map } = await audited();

  const sbom = await getAuditSbom(team.as('viewer'), auditId);

  const facts = await factsFrom({ files: FILES });
  const dependencies = facts.dependencies ?? [];
  const lockFiles = facts.lockFiles ?? [];
  const context = { project: sbom.metadata.component.name, branch: 'main', repositoryUrl: null };
  const commit = { commit: 'c'.repeat(40), now: map.now, toolVersion: packageJson.version };
  expect(sbom.metadata.component.properties).toContainEqual({ name: 'ancient-elder:git:branch', value: 'main' });
  expect({ ...sbom, metadata: null }).toEqual({
    ...buildCycloneDx({ ...context, ...commit, dependencies, lockFiles }),
    metadata: null,
  });
  expect((await list(projectId)).total).toBe(sbom.components.length);
});

test('a newer audit takes the place of the list, its cursors and its bill of materials', async () => {
  const { projectId, auditId } = await audited();
  const { nextCursor } = await list(projectId, { limit: 1 });
  await audit(projectId, await drawn());

  await expect(list(projectId, { cursor: nextCursor ?? '' })).rejects.toMatchObject({ code: 'gone' });
  await expect(getAuditSbom(team.as('viewer'), auditId)).rejects.toMatchObject({ code: 'gone' });
});

test('further pages of an audit need nothing unpacked again', async () => {
  const { projectId, auditId } = await audited();
  const { items, nextCursor } = await list(projectId, { limit: 2 });
  await db().auditMap.updateMany({ where: { auditId }, data: { data: new Uint8Array() } });

  const rest = await list(projectId, { cursor: nextCursor ?? '' });

  expect([...items, ...rest.items].map(({ name }) => name)).toEqual(['django', 'a-helper', 'lodash']);
  expect((await list(projectId, { search: 'lod' })).total).toBe(1);
});

test('an audit that read no dependencies has no bill of materials', async () => {
  const projectId = await createProject(team);
  const auditId = await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('git')] });

  expect(await list(projectId)).toMatchObject({ source: null, items: [], total: 0 });
  await expect(getAuditSbom(team.as('viewer'), auditId)).rejects.toMatchObject({ code: 'not_found' });
});

test('is not found for another team', async () => {
  const { projectId, auditId } = await audited();
  const stranger = (await createTeam()).as('owner');

  await expect(listDependencies(stranger, projectId, { limit: 50 })).rejects.toMatchObject({ code: 'not_found' });
  await expect(getAuditSbom(stranger, auditId)).rejects.toMatchObject({ code: 'not_found' });
});

function list(projectId: string, filter: Partial<DependencyFilter> = {}) {
  return listDependencies(team.as('viewer'), projectId, { limit: 50, ...filter });
}

async function audited(change: Partial<DependencyMap> = {}) {
  const projectId = await createProject(team);
  const map = { ...(await drawn()), ...change };
  return { projectId, auditId: await audit(projectId, map), map };
}

async function audit(projectId: string, map: DependencyMap): Promise<string> {
  const results = [magicResult('sages')];
  return runJudgedAudit(team.as('member'), projectId, { results, map: await packMap('dependencies', map) });
}

async function drawn(): Promise<DependencyMap> {
  const facts = await factsFrom({ files: FILES });
  const django = facts.dependencies?.find(({ name }) => name === 'django');
  if (!django) throw new Error('django was not read');
  const said = { id: 'PYSEC-1', summary: 's', score: 9.1, severity: 'critical' } as const;
  const matches = [{ ...django, ...said, aliases: [], fixedIn: '3.2.4', upgradeTo: '3.2.4' }];
  const map = mapDependencies({ ...facts, advisories: { date: '2026-01-01', source: 'OSV', matches } });
  if (!map) throw new Error('nothing was drawn');
  return map;
}
