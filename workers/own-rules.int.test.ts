import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { exportAudit } from '@/lib/services/audit-export';
import { requestAudit } from '@/lib/services/audits';
import { getMagicDetail, listProjectMagics } from '@/lib/services/magics';
import { getTeamRule } from '@/lib/services/own-rules';
import { triageFinding } from '@/lib/services/triage';
import { auditEnd } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { localRepository } from '@/tests/support/local-repository';
import { buildRepository } from '@/tests/support/sketch-repository';
import { startWorker } from './worker';

interface Sarif {
  runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string }[] }[];
}

let database: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-worker-'));
  process.env.ELDER_DATA_DIR = dataDir;
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

const TEXTS = {
  severity: 'high',
  title: { en: 'Old client', ja: '旧クライアント' },
  why: { en: 'It is gone in May.' },
  fix: { en: 'Use the new client.' },
};
const OWN_RULES = [
  {
    ...TEXTS,
    id: 'own/no-old-client',
    kind: 'pattern',
    pattern: '\\boldClient\\(',
    where: 'code',
    message: { en: '“{match}” is old.' },
  },
  {
    ...TEXTS,
    id: 'own/no-eval',
    kind: 'query',
    language: 'typescript',
    query: '(call_expression function: (identifier) @_n (#match? @_n "^evil")) @finding',
  },
  { ...TEXTS, id: 'own/no-env', kind: 'path', demand: 'absent', paths: { include: ['**/.env'] } },
  { ...TEXTS, id: 'own/has-owners', kind: 'path', demand: 'present', paths: { include: ['CODEOWNERS'] } },
  {
    ...TEXTS,
    id: 'own/named-by-kebab',
    magic: 'flow',
    zeroAt: null,
    kind: 'path',
    demand: 'named',
    namePattern: '[a-z0-9-]+\\.ts',
    paths: { include: ['src/**'] },
  },
  { ...TEXTS, id: 'own/not-known', kind: 'query', language: 'typescript', query: '(no_such_node) @finding' },
];

const BAD = {
  'src/pay.ts': 'export const a = oldClient(1); // oldClient(2)\n',
  'src/Load.ts': 'export const b = evilCall(1);\n',
  'config/.env': 'A=1\n',
};

test('rules of a team are judged from audit to audit like those built in', { timeout: 180_000 }, async () => {
  const team = await createTeam({ ownRules: OWN_RULES });
  const history: Record<string, string | null>[] = [BAD];
  const sketch = () => ({ commits: history.map((files, at) => ({ message: `feat: step ${at}`, files })) });
  await using repository = await localRepository(sketch());
  const projectId = await createProject(team, repository);
  await using _ = await working();
  const audit = async (files?: Record<string, string | null>) => {
    if (files) {
      history.push(files);
      await buildRepository(repository.path, sketch());
    }
    const body = { auditType: 'full', priority: 'normal', enabledMagics: ['strict', 'flow'] } as const;
    const { taskId } = await requestAudit(
      team.as('member'),
      projectId,
      { ...body, enabledMagics: [...body.enabledMagics] },
      { trigger: 'manual' },
    );
    return auditEnd(taskId);
  };
  const states = async () => {
    const rows = await db().finding.findMany({ where: { projectId, ruleId: { startsWith: 'own/' } } });
    return Object.fromEntries(rows.map((row) => [`${row.ruleId} ${row.path}`, row.verdict ?? row.state]));
  };

  const first = await audit();

  expect(first).toMatchObject({ status: 'completed' });
  expect(first.resultHash).not.toBeNull();
  expect(await states()).toEqual({
    'own/no-old-client src/pay.ts': 'existing',
    'own/no-eval src/Load.ts': 'existing',
    'own/no-env config/.env': 'existing',
    'own/has-owners null': 'existing',
    'own/named-by-kebab src/Load.ts': 'existing',
  });
  const detail = await getMagicDetail(team.as('viewer'), projectId, 'strict');
  const results = Object.fromEntries(detail.rules.map((rule) => [rule.ruleId, rule]));
  expect(results['own/no-old-client']).toMatchObject({ outcome: 'failed', findings: 1, score: 90, weight: 1 });
  expect(results['own/no-old-client']?.rule).toMatchObject({ title: TEXTS.title, onlyIn: { why: 'en', fix: 'en' } });
  expect(results['own/not-known']).toMatchObject({
    outcome: 'not-available',
    score: null,
    reason: { id: 'own-unread', data: { files: 2, path: 'src/Load.ts', cause: 'bad-matcher' } },
  });
  expect(detail.card.subScores.map(({ id }) => id)).toContain('own');
  expect(detail.magic.groups).toContainEqual({ id: 'own', title: { en: 'Own rules', ja: '独自ルール' } });
  const finding = detail.findings['own/no-old-client']?.[0];
  expect(finding).toMatchObject({
    severity: 'high',
    message: { en: '“oldClient(” is old.', ja: '“oldClient(” is old.' },
    evidence: 'export const a = oldClient(1); // oldClient(2)',
    startLine: 1,
  });
  const flow = await getMagicDetail(team.as('viewer'), projectId, 'flow');
  expect(flow.rules.find(({ ruleId }) => ruleId === 'own/named-by-kebab')).toMatchObject({
    findings: 1,
    score: null,
    weight: 0,
  });

  const log = await exportAudit(team.as('viewer'), first.id, { format: 'sarif', language: 'en' });
  const sarif = JSON.parse(String(log.body)) as Sarif;
  expect(sarif.runs[0]?.tool.driver.rules.find(({ id }) => id === 'own/no-eval')).toMatchObject({
    shortDescription: { text: 'Old client' },
    help: { text: 'Use the new client.' },
  });
  expect(sarif.runs[0]?.results.filter(({ ruleId }) => ruleId.startsWith('own/'))).toHaveLength(5);

  await triageFinding(team.as('member'), finding?.findingId ?? '', { verdict: 'accepted', reason: 'until May' });
  await audit({
    'src/Load.ts': '// elder-ignore own/no-eval -- it is not that evil\nexport const b = evilCall(1);\n',
    'config/.env': null,
    CODEOWNERS: '* @team\n',
  });

  expect(await states()).toMatchObject({
    'own/no-old-client src/pay.ts': 'accepted',
    'own/no-eval src/Load.ts': 'suppressed',
    'own/no-env config/.env': 'fixed',
    'own/has-owners null': 'fixed',
    'own/named-by-kebab src/Load.ts': 'existing',
  });
  const after = await getMagicDetail(team.as('viewer'), projectId, 'strict');
  const settled = Object.fromEntries(after.rules.map((rule) => [rule.ruleId, rule]));
  expect(settled['own/no-old-client']).toMatchObject({ outcome: 'passed', score: 100, findings: 0, suppressed: 1 });
  expect(settled['own/no-eval']).toMatchObject({ outcome: 'passed', score: 100, suppressed: 1 });
});

test('own rules are those of their team, and another team finds none of them', async () => {
  const team = await createTeam({ ownRules: OWN_RULES });
  const other = await createTeam();
  const projectId = await createProject(team);

  const magics = await listProjectMagics(team.as('viewer'), projectId);

  expect(magics.flatMap(({ rules }) => rules).filter(({ group }) => group === 'own')).toHaveLength(6);
  expect(await getTeamRule(team.as('viewer'), team.teamId, 'own/no-env')).toMatchObject({ magic: 'strict' });
  const notFound = expect.objectContaining({ code: 'not_found' });
  await expect(getTeamRule(other.as('owner'), other.teamId, 'own/no-env')).rejects.toEqual(notFound);
  await expect(getTeamRule(other.as('owner'), team.teamId, 'own/no-env')).rejects.toEqual(notFound);
  await expect(listProjectMagics(other.as('owner'), projectId)).rejects.toEqual(notFound);
});

async function working() {
  const worker = await startWorker({
    databaseUrl: database.url,
    redisUrl: undefined,
    kinds: WORKER_KINDS,
    concurrency: 2,
    log: logger(),
    queuePrefix: randomUUID(),
  });
  return { [Symbol.asyncDispose]: () => worker.stop() };
}
