import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { openGitDir } from '@/lib/git/open-local';
import { runGit } from '@/lib/git/run-git';
import { logger } from '@/lib/logger';
import { Policy } from '@/lib/magics/policy';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import type { AuditRun } from './audit-run';
import { findNewCodeStart, newFindingsSince } from './gate-baseline';

const lines = (count: number) => Array.from({ length: count }, (_, at) => `export const v${at} = ${at};\n`).join('');

let database: TestDatabase;
let team: TestTeam;
let repository: LocalRepository;
const commits: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  team = await createTeam();
  repository = await localRepository({
    commits: [
      { message: 'one', files: { 'a.ts': lines(10) }, at: '2024-01-01T00:00:00Z' },
      { message: 'two', files: { 'a.ts': lines(20) }, at: '2024-02-01T00:00:00Z' },
      { message: 'three', files: { 'a.ts': lines(50) }, at: '2024-03-01T00:00:00Z' },
      { message: 'side', files: { 'b.ts': lines(5) }, at: '2024-02-15T00:00:00Z', parent: 1 },
    ],
    tags: [{ name: 'v1', commit: 1 }],
  });
  for (const at of [0, 1, 2, 3]) commits.push(await commitOf(`refs/sketch/${at}`));
  // A commit that was rewritten away: the repository no longer holds it.
  commits.push('d'.repeat(40));
  await runGit(['update-ref', 'refs/heads/main', commits[2] ?? ''], { gitDir: repository.path });
});

afterAll(async () => {
  await repository[Symbol.asyncDispose]();
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function commitOf(ref: string): Promise<string> {
  return (await runGit(['rev-parse', ref], { gitDir: repository.path })).toString().trim();
}

interface Audited {
  commit: number;
  branch?: string;
  gate?: 'passed' | 'failed';
  magics?: readonly MagicId[];
}

const DATES = ['2024-01-01', '2024-02-01', '2024-03-01', '2024-02-15', '2024-01-20'];

interface StartGate {
  currentCommit?: number;
  newCode?: object;
  smallChangeLines?: number;
}

/** The numbers of the audits made, the last one being asked. */
async function startOf(
  { currentCommit = 0, ...gate }: StartGate,
  audited: Audited[],
  { commit, branch = 'main' }: Audited,
) {
  const projectId = await createProject(team);
  const made: string[] = [];
  const asked: Audited[] = [...audited, { commit, branch }];
  for (const [at, row] of asked.entries()) {
    const { id } = await db().audit.create({
      data: {
        projectId,
        number: at + 1,
        status: at === audited.length ? 'running' : 'completed',
        kind: 'full',
        trigger: 'manual',
        branch: row.branch ?? 'main',
        policy: {},
        enabledMagics: [...(row.magics ?? MAGIC_IDS)],
        commitId: commits[row.commit] ?? '',
        committedAt: new Date(DATES[row.commit] ?? ''),
        ...(row.gate && { gate: row.gate }),
      },
    });
    made.push(id);
  }
  const run = {
    projectId,
    auditId: made.at(-1),
    branch,
    mainBranch: 'main',
    isMainBranch: branch === 'main',
    asOf: null,
    currentCommitId: commits[currentCommit] ?? null,
    policy: Policy.parse({ gate }),
  } as AuditRun;
  const parts = { commitId: commits[commit] ?? '', signal: new AbortController().signal, log: logger() };
  const start = await findNewCodeStart(run, { ...parts, repository: await openGitDir(repository.path) });
  return { audit: start.gateBaselineId && made.indexOf(start.gateBaselineId), changedLines: start.changedLines };
}

test.each([
  ['the previous audit', { since: 'previous' }, [{ commit: 0 }], null],
  [
    'the last that passed',
    { since: 'last_passed' },
    [
      { commit: 0, gate: 'passed' },
      { commit: 1, gate: 'failed' },
      // Of chosen magics alone: no word on the rest.
      { commit: 1, gate: 'passed', magics: ['git'] },
    ],
    0,
  ],
  ['none, as none has passed', { since: 'last_passed' }, [{ commit: 0, gate: 'failed' }], null],
  ['the newest before a date', { since: 'date', date: '2024-02-02' }, [{ commit: 0 }, { commit: 1 }], 1],
  ['one of a past week', { since: 'date', date: '2024-01-15' }, [{ commit: 1 }, { commit: 0, branch: 'main~past' }], 1],
  ['none from before the date', { since: 'date', date: '2023-12-31' }, [{ commit: 0 }], null],
  ['that of the tag', { since: 'tag', tag: 'v1' }, [{ commit: 1 }, { commit: 0 }], 0],
  ['the newest before the tag', { since: 'tag', tag: 'v1' }, [{ commit: 0 }, { commit: 2 }], 0],
  ['none, as there is no such tag', { since: 'tag', tag: 'v9' }, [{ commit: 0 }], null],
  ['none, as the tag is of another line', { since: 'tag', tag: 'v1' }, [{ commit: 2 }], null],
  ['the next before the tag, as the newest is lost', { since: 'tag', tag: 'v1' }, [{ commit: 0 }, { commit: 4 }], 0],
] as const)('new code begins at %s', async (_, newCode, audited, expected) => {
  expect((await startOf({ newCode }, [...audited], { commit: 2 })).audit).toBe(expected);
});

test('on a branch new code begins where it left the project’s', async () => {
  const newCode = { since: 'merge_base' };
  const audited = [{ commit: 0 }, { commit: 1 }, { commit: 2 }];

  expect((await startOf({ newCode }, audited, { commit: 3, branch: 'side' })).audit).toBe(1);
  expect((await startOf({ newCode }, audited, { commit: 2 })).audit).toBeNull();
});

test('a branch’s own audits do not stand for where it left, nor do those that the project’s branch lost', async () => {
  const newCode = { since: 'merge_base' };
  const audited = [{ commit: 0, branch: 'main~past' }, { commit: 1, branch: 'side' }, { commit: 4 }];

  expect((await startOf({ newCode }, audited, { commit: 3, branch: 'side' })).audit).toBe(0);
});

test('a commit that is audited again has changed since the one before it, or nobody knows', async () => {
  const smallChangeLines = 5;
  const again = { smallChangeLines, currentCommit: 2 };
  const audited = [{ commit: 0 }, { commit: 1 }, { commit: 2 }, { commit: 2 }];

  const known = await startOf(again, audited, { commit: 2 });
  const unknown = await startOf(again, [{ commit: 2 }], { commit: 2 });
  const elsewhere = await startOf(again, audited, { commit: 2, branch: 'side' });

  expect([known, unknown, elsewhere].map(({ changedLines }) => changedLines)).toEqual([30, null, null]);
});

test('lines that changed are counted from there, where a policy asks', async () => {
  const smallChangeLines = 5;
  const audited = [{ commit: 0 }, { commit: 1 }];

  const since = await startOf({ smallChangeLines, newCode: { since: 'tag', tag: 'v1' } }, audited, { commit: 2 });
  const previous = await startOf({ smallChangeLines }, audited, { commit: 2 });
  const unasked = await startOf({}, audited, { commit: 2 });

  expect([since.changedLines, previous.changedLines, unasked.changedLines]).toEqual([30, 40, null]);
});

test('nothing is new at a path at which the baseline did not look', async () => {
  const shy = await createTeam({ ignorePaths: ['legacy/**'] });
  const projectId = await createProject(shy);
  const results = [magicResult('integrity', [markerFinding('old')])];
  const auditId = await runJudgedAudit(shy.as('owner'), projectId, { results });
  const findings = [markerFinding('fresh'), markerFinding('legacy', { path: 'legacy/a.ts' })];
  const judged = [{ magic: 'integrity' as const, result: { rules: [] } as never, findings, suppressed: [] }];

  expect(await newFindingsSince(auditId, { auditId, projectId, policy: Policy.parse({}) }, judged)).toMatchObject({
    newCounts: { medium: 1 },
  });
});

test('new is what the baseline had not, of rules that judged in both', async () => {
  const projectId = await createProject(team);
  const judge = (...names: string[]) => [
    magicResult(
      'integrity',
      names.map((name) => markerFinding(name)),
    ),
  ];
  const auditId = await runJudgedAudit(team.as('owner'), projectId, { results: judge('old') });
  const findings = [
    markerFinding('old'),
    markerFinding('fresh', { severity: 'high' }),
    markerFinding('moved', { formerFingerprint: markerFinding('old').fingerprint }),
    markerFinding('elsewhere', { ruleId: 'integrity/no-stub' }),
  ];
  const judged = [{ magic: 'integrity' as const, result: { rules: [] } as never, findings, suppressed: [] }];

  expect(await newFindingsSince(auditId, { auditId, projectId, policy: Policy.parse({}) }, judged)).toEqual({
    newCounts: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
    baseline: { auditId, number: 1 },
    isIncomparable: expect.any(Function),
    newBetween: [],
  });
  expect(
    await newFindingsSince(
      auditId,
      { auditId, projectId: await createProject(team), policy: Policy.parse({}) },
      judged,
    ),
  ).toBeNull();
});

test('of a rule that goes by other options since, the audits since say what is new', async () => {
  const projectId = await createProject(team);
  const audit = (...names: string[]) =>
    runJudgedAudit(team.as('owner'), projectId, {
      results: [
        magicResult(
          'integrity',
          names.map((name) => markerFinding(name)),
        ),
      ],
    });
  const baselineId = await audit('old');
  const policy = Policy.parse({ rules: { [MARKER_RULE]: { options: { terms: ['LATER'] } } } });
  await audit('old', 'between');
  const auditId = await audit('old', 'between', 'brought-by-the-option');
  const findings = ['old', 'between', 'brought-by-the-option'].map((name) => markerFinding(name));
  const judged = [{ magic: 'integrity' as const, result: { rules: [] } as never, findings, suppressed: [] }];

  const since = await newFindingsSince(baselineId, { auditId, projectId, policy }, judged);

  expect(since?.newCounts).toMatchObject({ medium: 0 });
  expect(since?.newBetween).toEqual([markerFinding('between').fingerprint]);
  expect(findings.filter((finding) => since?.isIncomparable(finding))).toEqual(findings);
});
