import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { OwnRuleTestRequest } from '@/lib/schemas/own-rules';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, runJudgedAudit } from '@/tests/support/judged-audits';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { testOwnRule } from './own-rule-test';

const TEXTS = { id: 'own/x', severity: 'low', title: { en: 'x' }, why: { en: 'x' }, fix: { en: 'x' } };

let database: TestDatabase;
let team: TestTeam;
let projectId: string;
let repository: LocalRepository;

beforeAll(async () => {
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  database = await testDatabase();
  team = await createTeam();
  repository = await localRepository({
    files: {
      'src/a.ts': `const key = "AKIA${'QWERTYUIOPASDFGH'}";\noldClient(key); // oldClient\n`,
      'src/b.ts': 'eval(a);\n',
      'src/many.ts': 'many();\n'.repeat(300),
      '.env': 'A=1\n',
    },
  });
  projectId = await audited(team, repository);
});

afterAll(async () => {
  await repository[Symbol.asyncDispose]();
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function audited(of: TestTeam, { path, head }: LocalRepository): Promise<string> {
  const id = await createProject(of, { path });
  await runJudgedAudit(of.as('member'), id, { results: [magicResult('strict')], commitId: head });
  return id;
}

const run = (rule: object, projectIds?: string[], of = team) =>
  testOwnRule(of.as('admin'), team.teamId, OwnRuleTestRequest.parse({ rule: { ...TEXTS, ...rule }, projectIds }));

test('a pattern is tried on the commits that were audited last, and shows what it finds', async () => {
  const result = await run({ kind: 'pattern', pattern: 'oldClient\\(', where: 'code' });

  expect(result).toMatchObject({ total: 1, projectsLeftOut: 0 });
  expect(result.projects).toMatchObject([
    {
      projectId,
      commit: repository.head,
      notLookedAt: null,
      filesAsked: 4,
      filesLeftOut: 0,
      total: 1,
      unread: [],
      matches: [{ path: 'src/a.ts', line: 2, match: 'oldClient(', excerpt: 'oldClient(key); // oldClient' }],
    },
  ]);
});

test('what is shown is bounded, and credentials in it are masked', async () => {
  const many = await run({ kind: 'pattern', pattern: 'many' });
  const keys = await run({ kind: 'pattern', pattern: 'AKIA\\w+' });

  expect(many.projects[0]).toMatchObject({ total: 300, matches: { length: 50 } });
  expect(keys.total).toBe(1);
  expect(JSON.stringify(keys)).not.toContain('QWERTYUIOPASDFGH');
});

test('queries and rules about paths are tried the same way', async () => {
  const query = '(call_expression function: (identifier) @_n (#eq? @_n "eval")) @finding';

  expect(await run({ kind: 'query', language: 'typescript', query })).toMatchObject({
    projects: [{ matches: [{ path: 'src/b.ts', line: 1, match: 'eval(a)' }] }],
  });
  expect(await run({ kind: 'path', demand: 'absent', paths: { include: ['.env'] } })).toMatchObject({
    projects: [{ matches: [{ path: '.env', line: 1 }] }],
  });
  expect(await run({ kind: 'path', demand: 'present', paths: { include: ['LICENSE'] } })).toMatchObject({
    projects: [{ matches: [{ path: null, line: null, match: 'LICENSE' }] }],
  });
});

test('a query that the grammar does not know is refused with its place', async () => {
  await expect(run({ kind: 'query', language: 'go', query: '(no_such_node) @finding' })).rejects.toMatchObject({
    code: 'unprocessable',
    details: { fields: [{ field: 'rule.query', kind: 'node-name', position: 1, part: 'no_such_node' }] },
  });
});

test('a project without an audit, or one that this machine does not keep, is told of', async () => {
  const bare = await createProject(team);
  const lost = await createProject(team, { path: 'https://example.org/lost.git' });
  await runJudgedAudit(team.as('member'), lost, { results: [magicResult('strict')] });

  const { projects } = await run({ kind: 'pattern', pattern: 'x' }, [bare, lost]);

  expect(Object.fromEntries(projects.map((project) => [project.projectId, project.notLookedAt]))).toEqual({
    [bare]: 'no-audit',
    [lost]: 'not-kept',
  });
});

test('it takes an admin of the team, and projects of the team alone', async () => {
  const other = await createTeam();
  const theirs = await createProject(other);
  const request = OwnRuleTestRequest.parse({ rule: { ...TEXTS, kind: 'pattern', pattern: 'x' } });
  const notFound = expect.objectContaining({ code: 'not_found' });

  await expect(testOwnRule(other.as('owner'), team.teamId, request)).rejects.toEqual(notFound);
  await expect(run({ kind: 'pattern', pattern: 'x' }, [theirs])).rejects.toEqual(notFound);
  await expect(testOwnRule(team.as('member'), team.teamId, request)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a project of very many files keeps nobody else waiting', async () => {
  const paths = Array.from({ length: 30_000 }, (_, at) => `packages/part-${at % 300}/src/module-${at}.ts`);
  await using large = await localRepository({ files: Object.fromEntries(paths.map((path) => [path, 'x();\n'])) });
  const id = await audited(team, large);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();

  const { timeMs, projects } = await run({ kind: 'pattern', pattern: 'oldClient' }, [id]);
  delay.disable();

  expect(projects).toMatchObject([{ filesAsked: 2_000, filesLeftOut: 28_000 }]);
  expect(delay.max / 1e6).toBeLessThan(timeMs / 10);
});
