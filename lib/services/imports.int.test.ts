import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { openGitDir } from '@/lib/git/open-local';
import { resolveCommit } from '@/lib/git/read-tree';
import { closePublisher } from '@/lib/realtime/publish';
import type { FindingFilter } from '@/lib/schemas/findings';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { makeRepository, pushSketch, serveGit, temporaryDirectory } from '@/tests/support/git-remote';
import { magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { changesOf, createPerson } from '@/tests/support/people';
import { getFindingCode } from './finding-code';
import { createComment } from './finding-comments';
import { listFindingHistory } from './finding-history';
import { getFinding, listFindings } from './findings';
import { importFindings, listImports } from './imports';
import { listInbox } from './inbox';
import { fetchRepository } from './repositories';
import { triageFinding } from './triage';

let database: TestDatabase;
let repository: LocalRepository;
let team: TestTeam;
let projectId: string;

beforeAll(async () => {
  database = await testDatabase();
  repository = await localRepository({ files: { 'src/a.ts': 'one();\neval(two);\nthree();\n', 'src/b.ts': 'b();\n' } });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

beforeEach(async () => {
  team = await createTeam();
  projectId = await createProject(team, { path: repository.path });
});

interface Told {
  rule?: string;
  path?: string;
  line?: number;
  cwe?: string;
  level?: string;
}

function report(told: readonly Told[], tool = 'ESLint'): Uint8Array {
  const rules = told.map(({ rule = 'no-eval', cwe }) => ({ id: rule, properties: { tags: cwe ? [cwe] : [] } }));
  const results = told.map(({ rule = 'no-eval', path = 'src/a.ts', line = 2, level = 'warning' }) => ({
    ruleId: rule,
    level,
    message: { text: `${rule} in ${path}` },
    locations: [
      { physicalLocation: { artifactLocation: { uri: path }, region: { startLine: line, snippet: { text: rule } } } },
    ],
  }));
  return new TextEncoder().encode(
    JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: tool, rules } }, results }] }),
  );
}

const send = async (
  told: readonly Told[],
  { tool = 'ESLint', category }: { tool?: string; category?: string } = {},
) => {
  const request = { commit: repository.head, ...(category && { category }) };
  const { items } = await importFindings(team.as('member'), projectId, request, async () => report(told, tool));
  const [item] = items;
  if (!item) throw new Error('nothing was imported');
  return item;
};

const list = async (filter: Partial<FindingFilter> = {}) =>
  (await listFindings(team.as('viewer'), projectId, { limit: 50, ...filter })).items;

const told = async (filter: Partial<FindingFilter> = { state: 'all' }) =>
  (await list(filter)).map(({ state, ruleId, path }) => `${state} ${ruleId} ${path}`).sort();

describe('what another tool reports', () => {
  test('stands among the findings, is found and filtered, and was there before', async () => {
    const item = await send([{}, { rule: 'no-empty', path: 'src/b.ts', line: 1, level: 'error' }]);

    expect(item).toMatchObject({
      tool: 'eslint',
      toolName: 'ESLint',
      findings: 2,
      results: 2,
      newCount: null,
      fixedCount: 0,
    });
    expect(await list()).toMatchObject([
      { ruleId: 'eslint/no-empty', severity: 'high', state: 'existing' },
      {
        ruleId: 'eslint/no-eval',
        magic: 'imported',
        severity: 'medium',
        message: { en: 'no-eval in src/a.ts', ja: 'no-eval in src/a.ts' },
        source: { tool: 'eslint', category: '' },
        isFixable: false,
      },
    ]);
    expect(await told({ search: 'no-eval in' })).toEqual(['existing eslint/no-eval src/a.ts']);
    expect(await told({ magic: 'imported', rule: 'eslint/no-empty' })).toEqual(['existing eslint/no-empty src/b.ts']);
    expect(await told({ magic: 'integrity' })).toEqual([]);
  });

  test('is new, fixed and reopened from upload to upload of the tool and category', async () => {
    await send([{}]);
    const second = await send([{}, { path: 'src/b.ts', line: 1 }]);
    expect(second).toMatchObject({ newCount: 1, fixedCount: 0 });
    await send([{ rule: 'other' }], { category: 'nightly' });
    await send([], { tool: 'Semgrep' });

    const third = await send([]);
    expect(third).toMatchObject({ newCount: 0, fixedCount: 2 });
    expect(await told()).toEqual([
      'existing eslint/other src/a.ts',
      'fixed eslint/no-eval src/a.ts',
      'fixed eslint/no-eval src/b.ts',
    ]);

    await send([{}]);
    expect(await told()).toContain('reopened eslint/no-eval src/a.ts');
    expect((await listImports(team.as('viewer'), projectId)).items).toHaveLength(6);
  });

  test('outlives audits, whose scores, counts and hash it does not change', async () => {
    const results = [magicResult('integrity', [markerFinding('own')])];
    const before = await runJudgedAudit(team.as('member'), projectId, { results });
    await send([{ level: 'error' }]);
    const [imported] = await list({ magic: 'imported' });
    await triageFinding(team.as('member'), imported?.findingId ?? '', { verdict: 'accepted', reason: 'known' });

    const after = await runJudgedAudit(team.as('member'), projectId, { results });

    const audits = await db().audit.findMany({ where: { id: { in: [before, after] } }, orderBy: { number: 'asc' } });
    const [one, two] = audits.map(({ healthScore, counts, resultHash, gate, fixedCount }) => ({
      healthScore,
      counts,
      resultHash,
      gate,
      fixedCount,
    }));
    expect(two).toEqual(one);
    expect(await told()).toContain('accepted eslint/no-eval src/a.ts');
  });

  test('takes verdicts, comments and people, waits in the inbox and keeps its history', async () => {
    const person = await createPerson({ [team.teamId]: 'member' });
    const ctx = await person.ask();
    await send([{}]);
    const [finding] = await list();
    const id = finding?.findingId ?? '';

    await triageFinding(ctx, id, { assigneeId: person.userId });
    await createComment(ctx, id, { text: 'Look.' });

    const inbox = await listInbox(ctx, { view: 'mine', limit: 10 });
    expect(inbox.items).toMatchObject([{ findingId: id, ruleId: 'eslint/no-eval' }]);
    await send([]);
    const kinds = (await listFindingHistory(ctx, id)).items.map(({ event }) => event.kind);
    expect(kinds.sort()).toEqual(['assignee', 'gone', 'imported']);
  });

  test('shows the code at the commit it was found on', async () => {
    await send([{}]);
    const [finding] = await list();

    const code = await getFindingCode(team.as('viewer'), finding?.findingId ?? '', 1);

    expect(code.commit).toBe(repository.head);
    expect(code.lines.map(({ tokens }) => tokens.map(({ text }) => text).join(''))).toEqual([
      'one();',
      'eval(two);',
      'three();',
    ]);
  });

  test('is left out where the commit has no such file, and counted', async () => {
    const item = await send([{ path: 'src/gone.ts' }, { path: '../../etc/passwd' }, {}]);

    expect(item).toMatchObject({ findings: 1, leftOut: { 'unknown-file': 1, outside: 1 } });
  });
});

describe('a commit that the repository does not have', () => {
  const unknown = 'f'.repeat(40);
  const sendOn = (commit: string) => importFindings(team.as('member'), projectId, { commit }, async () => report([{}]));

  test('is refused, and nothing of the report is kept', async () => {
    await expect(sendOn(unknown)).rejects.toMatchObject({
      code: 'unprocessable',
      details: { problem: 'unknown-commit' },
    });

    expect((await listImports(team.as('viewer'), projectId)).items).toEqual([]);
  });

  test('is fetched first where it was pushed since, and taken unseen where nothing of the repository is kept', async () => {
    await using directory = await temporaryDirectory();
    const gitDir = await makeRepository(join(directory.path, 'app.git'), { files: { 'src/a.ts': 'one();\n' } });
    await using remote = await serveGit(directory.path);
    const address = `${remote.url}/app.git`;
    projectId = await createProject(team, { path: address });
    expect((await sendOn(unknown)).items).toMatchObject([{ findings: 1 }]);
    await fetchRepository(
      { repositoryUrl: address, connectionId: null, teamId: team.teamId },
      AbortSignal.timeout(30_000),
    );
    await pushSketch(gitDir, { files: { 'src/a.ts': 'two();\n', 'src/b.ts': 'b();\n' } });
    const pushed = await resolveCommit(await openGitDir(gitDir));

    expect((await sendOn(pushed)).items).toMatchObject([{ commit: pushed, findings: 1 }]);
    await expect(sendOn(unknown)).rejects.toMatchObject({ details: { problem: 'unknown-commit' } });
  });
});

describe('what ours says already', () => {
  const own = (line: number) =>
    markerFinding('a', { ruleId: 'strict/no-dynamic-execution', magic: 'strict', startLine: line, endLine: line });
  const audit = (line: number | null) =>
    runJudgedAudit(team.as('member'), projectId, {
      results: [
        magicResult('strict', line === null ? [] : [own(line)], {
          outcomes: line === null ? { 'strict/no-dynamic-execution': 'passed' } : {},
        }),
      ],
    });

  test.each([
    ['a rule known to ask the same', { rule: 'no-eval' }],
    ['a weakness both name', { rule: 'injection', cwe: 'external/cwe/cwe-095' }],
  ])('is told of beside ours, by %s', async (_, other) => {
    await audit(2);
    await send([{ ...other, line: 3 }]);

    const items = await list();

    expect(items).toMatchObject([
      { ruleId: 'strict/no-dynamic-execution', alsoReportedBy: [{ tool: 'eslint', ruleId: `eslint/${other.rule}` }] },
    ]);
    const [also] = items[0]?.alsoReportedBy ?? [];
    expect(await getFinding(team.as('viewer'), also?.findingId ?? '')).toMatchObject({ magic: 'imported' });
  });

  test('stands for itself elsewhere, for another thing, and once ours is fixed', async () => {
    await audit(2);
    await send([{ line: 3 }, { rule: 'no-empty', line: 2 }, { path: 'src/b.ts', line: 2 }]);
    expect(await told({})).toEqual([
      'existing eslint/no-empty src/a.ts',
      'existing eslint/no-eval src/b.ts',
      'existing strict/no-dynamic-execution src/a.ts',
    ]);

    await audit(null);

    expect(await told({})).toEqual([
      'existing eslint/no-empty src/a.ts',
      'existing eslint/no-eval src/a.ts',
      'existing eslint/no-eval src/b.ts',
    ]);
  });
});

test('each upload is written down, without what it found', async () => {
  const person = await createPerson({ [team.teamId]: 'member' });

  await importFindings(await person.ask(), projectId, { commit: repository.head }, async () => gzipSync(report([{}])));

  expect(await changesOf(team.teamId, person.userId)).toMatchObject([{ action: 'import.uploaded', target: projectId }]);
});

test('viewers may not send reports, and another team does not learn of the project', async () => {
  const others = await createTeam();
  const sendAs = (who: TestTeam, role: 'viewer' | 'owner') =>
    importFindings(who.as(role), projectId, { commit: repository.head }, async () => report([{}]));

  await expect(sendAs(team, 'viewer')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(sendAs(others, 'owner')).rejects.toMatchObject({ code: 'not_found' });
  await expect(listImports(others.as('owner'), projectId)).rejects.toMatchObject({ code: 'not_found' });
  expect(await db().finding.count({ where: { projectId } })).toBe(0);
});
