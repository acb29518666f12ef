import { randomUUID } from 'node:crypto';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS, type WorkerKind } from '@/lib/env';
import { createMemoryCache } from '@/lib/facts/cache/memory-cache';
import { type CoverageReport, hashOfReport } from '@/lib/facts/coverage/coverage-report';
import { parseUpload } from '@/lib/facts/coverage/parse-upload';
import { INLINE_READER } from '@/lib/facts/packed-blob';
import { planCommit, readFacts } from '@/lib/facts/read-repository';
import { openLocal } from '@/lib/git/open-local';
import { logger } from '@/lib/logger';
import type { Sketch } from '@/lib/magics/define';
import { judgeAll } from '@/lib/magics/judge-all';
import { defaultPolicy } from '@/lib/magics/policy';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { loadAuditFindings } from '@/lib/services/audit-findings';
import { listAuditSuppressions } from '@/lib/services/audit-suppressions';
import { cancelAudit, getAudit, requestAudit } from '@/lib/services/audits';
import { saveCoverage } from '@/lib/services/coverage-reports';
import { loadMagicCards } from '@/lib/services/magic-cards';
import { getAuditResults, getProjectOverview } from '@/lib/services/projects';
import { auditEnd, until } from '@/tests/support/audits';
import { redisUrl, type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { holdWrites } from '@/tests/support/hold';
import { magicResult } from '@/tests/support/judged-audits';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { buildRepository } from '@/tests/support/sketch-repository';
import { type RunningWorker, startWorker } from './worker';

const UNFINISHED = 'export function pay() {\n  // TODO: charge the card\n  return true;\n}\n';
const FINISHED = 'export function pay() {\n  return charge();\n}\n';

const queuePrefix = randomUUID();

let database: TestDatabase;
let dataDir: string;
let team: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-worker-'));
  process.env.ELDER_DATA_DIR = dataDir;
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  team = await createTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

const backends = [{ name: 'postgres', redis: null }, ...(redisUrl() ? [{ name: 'redis', redis: redisUrl() }] : [])];

describe.each(backends)('a worker over $name', ({ redis }) => {
  test('audits a commit to the same result as the command line', async () => {
    await using repository = await localRepository(sketch([{ 'src/pay.ts': UNFINISHED }, { 'README.md': '# Pay\n' }]));
    await using _ = await working(redis);

    const audit = await auditEnd(await request(await createProject(team, repository)));

    expect(audit).toMatchObject({ status: 'completed', commitId: repository.head, errorCode: null });
    expect(audit.resultHash).toBe(await hashOf(repository));
    expect(audit.project.currentAuditId).toBe(audit.id);
    expect(audit.magicResults.map(({ magic }) => magic)).toEqual([...MAGIC_IDS].sort());
  });
});

test('audits a repository with settings of its own to the same result as the command line', async () => {
  const settings = `version: 1
ignorePaths: [old/**]
suppressions:
  - { rule: integrity/no-unfinished-code, path: src/**, reason: "the bank\\u0000 is not ready", expires: 2024-06-30 }
  - { rule: strict/no-long-function, reason: of no use, expires: 2024-06-30 }
`;
  const files = {
    'src/pay.ts': UNFINISHED,
    'lib/pay.ts': `${FINISHED}${FINISHED}${FINISHED}`,
    'old/pay.ts': UNFINISHED,
  };
  await using repository = await localRepository(sketch([{ ...files, '.elder.yml': settings }]));
  await using _ = await working();

  const projectId = await createProject(team, repository);
  const audit = await auditEnd(await request(projectId));

  expect(audit).toMatchObject({ status: 'completed', errorCode: null });
  expect(audit.resultHash).toBe(await hashOf(repository));
  const findings = await db().finding.findMany({ where: { projectId, ruleId: 'integrity/no-unfinished-code' } });
  expect(findings.map(({ path, state }) => [path, state])).toEqual([['src/pay.ts', 'suppressed']]);
  const { items, ignored } = await listAuditSuppressions(team.as('viewer'), audit.id);
  expect(items.map(({ ruleId, state, reason }) => [ruleId, state, reason])).toEqual([
    ['integrity/no-unfinished-code', 'used', 'the bank  is not ready'],
    ['strict/no-long-function', 'unused', 'of no use'],
  ]);
  expect(ignored).toMatchObject({ isRefused: false, files: 1 });
});

test('reads the coverage report that was sent for its commit, to the same result as the command line', async () => {
  await using repository = await localRepository(sketch([{ 'src/pay.ts': FINISHED }]));
  await using _ = await working();
  const projectId = await createProject(team, repository);
  const report = Buffer.from('SF:/ci/src/pay.ts\nDA:1,1\nDA:2,0\nDA:3,0\nend_of_record\n');
  await saveCoverage(team.as('member'), projectId, { commit: repository.head }, async () => report);

  const audit = await auditEnd(await request(projectId));

  const coverage = await parseUpload(report);
  expect(audit).toMatchObject({ status: 'completed', coverageHash: hashOfReport(coverage) });
  expect(audit.resultHash).toBe(await hashOf(repository, coverage));
  expect(audit.resultHash).not.toBe(await hashOf(repository));
  const { findings } = await loadAuditFindings(audit.id);
  expect(findings.filter(({ ruleId }) => ruleId === 'tdd/has-coverage')).toMatchObject([
    { data: { hit: 1, lines: 3 } },
  ]);
});

test('tells new, existing, fixed and reopened findings from audit to audit', async () => {
  await using repository = await localRepository(sketch([{ 'src/old.ts': UNFINISHED }]));
  await using _ = await working();
  const projectId = await createProject(team, repository);
  const history: Record<string, string>[] = [{ 'src/old.ts': UNFINISHED }];
  const states = async (change: Record<string, string>) => {
    history.push(change);
    await rebuild(repository, sketch(history));
    const audit = await auditEnd(await request(projectId, ['integrity']));
    const findings = await db().finding.findMany({ where: { projectId, ruleId: 'integrity/no-unfinished-code' } });
    return {
      hasFixed: audit.fixedCount > 0,
      ...Object.fromEntries(findings.map(({ path: place, state }) => [place, state])),
    };
  };

  const first = await states({ 'README.md': '# 1\n' });
  const second = await states({ 'src/new.ts': UNFINISHED });
  const third = await states({ 'src/new.ts': FINISHED });
  const fourth = await states({ 'src/new.ts': UNFINISHED });
  const fifth = await states({ 'README.md': '# 2\n' });

  expect(first).toEqual({ hasFixed: false, 'src/old.ts': 'existing' });
  expect(second).toEqual({ hasFixed: false, 'src/old.ts': 'existing', 'src/new.ts': 'new' });
  expect(third).toEqual({ hasFixed: true, 'src/old.ts': 'existing', 'src/new.ts': 'fixed' });
  expect(fourth).toEqual({ hasFixed: false, 'src/old.ts': 'existing', 'src/new.ts': 'reopened' });
  expect(fifth).toEqual({ hasFixed: false, 'src/old.ts': 'existing', 'src/new.ts': 'existing' });
});

test('an audit of chosen magics leaves what the others said', async () => {
  await using repository = await localRepository(sketch([{ 'src/pay.ts': UNFINISHED }]));
  await using _ = await working();
  const projectId = await createProject(team, repository);
  const full = await auditEnd(await request(projectId));

  const chosen = await auditEnd(await request(projectId, ['integrity']));

  expect(chosen).toMatchObject({ status: 'completed' });
  expect(chosen).toMatchObject({ healthScore: full.healthScore, healthCoverage: full.healthCoverage });
  expect(chosen.gateReason).toMatchObject({ data: { leftOut: 7 } });
  const overview = await getProjectOverview(team.as('viewer'), projectId);
  expect(overview).toMatchObject({
    current: { auditType: 'chosen', healthChange: 0 },
    gateAudit: { auditId: full.id },
  });
  expect(overview.trend.map(({ isChosen }) => isChosen)).toEqual([false, true]);
  const { magicResults } = await getAuditResults(team.as('viewer'), projectId, { limit: 1, offset: 0 });
  expect(Object.keys(magicResults).sort()).toEqual([...MAGIC_IDS].sort());
  expect(magicResults).toMatchObject({ integrity: { keptFrom: null }, tdd: { keptFrom: full.number } });
  const before = await loadMagicCards(projectId, full.id);
  const after = await loadMagicCards(projectId, chosen.id);
  expect(after.map(({ magic }) => magic)).toEqual([...MAGIC_IDS]);
  expect(after.filter(({ magic }) => magic !== 'integrity')).toEqual(
    before.filter(({ magic }) => magic !== 'integrity').map((card) => ({ ...card, keptFrom: full.number })),
  );
});

test('the page of an audit shows what this audit said, and apart from it what counts of earlier ones', async () => {
  await using repository = await localRepository(sketch([{ 'src/pay.ts': UNFINISHED }]));
  await using reader = await working();
  const projectId = await createProject(team, repository);
  await auditEnd(await request(projectId));
  const chosen = await auditEnd(await request(projectId, ['integrity']));
  await reader.stop();
  const cancelled = await request(projectId);

  await cancelAudit(team.as('member'), cancelled);

  const ofChosen = await getAudit(team.as('viewer'), chosen.id);
  const ofCancelled = await getAudit(team.as('viewer'), cancelled);
  expect(ofChosen.magics.map(({ magic }) => magic)).toEqual(['integrity']);
  expect(ofChosen.keptMagics.map(({ magic }) => magic)).toEqual(MAGIC_IDS.filter((magic) => magic !== 'integrity'));
  expect(ofCancelled).toMatchObject({ status: 'cancelled', keptMagics: [] });
  expect(ofCancelled.magics.map(({ score, keptFrom }) => ({ score, keptFrom }))).toEqual(
    MAGIC_IDS.map(() => ({ score: null, keptFrom: null })),
  );
});

test('an audit whose magics cannot read their facts is never passed', async () => {
  await using repository = await localRepository(sketch([{ 'src/pay.ts': FINISHED }]));
  const projectId = await createProject(team, repository);
  const auditId = await request(projectId);
  await using reader = await working(null, ['git', 'collect', 'maintain']);
  await until('facts to be read', async () => (await judgesOf(auditId)) === MAGIC_IDS.length);
  await reader.stop();
  // Three magics have spoken when the repository disappears.
  await rename(repository.path, `${repository.path}.gone`);
  for (const magic of ['git', 'tdd', 'flow'] as const) {
    const { findings: _, suppressed: __, ...result } = magicResult(magic, [], { score: 100 });
    await db().auditMagic.updateMany({
      where: { auditId, magic },
      data: { status: 'passed', score: 100, coverage: 1, result: { ...result, fixes: 0 } as object },
    });
  }
  await db().auditJob.updateMany({
    where: { auditId, kind: 'judge', key: { in: ['git', 'tdd', 'flow'] } },
    data: { status: 'done' },
  });

  await using _ = await working();
  const audit = await auditEnd(auditId);
  await rm(`${repository.path}.gone`, { recursive: true, force: true });

  expect(audit).toMatchObject({ status: 'partial', gate: 'warning', resultHash: null });
  expect(audit.gateReason).toMatchObject({ id: 'incomplete', data: { count: 5 } });
  const failed = audit.magicResults.filter(({ status }) => status === 'error');
  expect(failed.map(({ errorCode }) => errorCode)).toEqual(Array(5).fill('repository_not_found'));
});

test('stops a running audit within seconds of its cancellation', async () => {
  await using repository = await localRepository(sketch([{ 'src/unseen.ts': `// ${randomUUID()}\n` }]));
  await using hold = await holdWrites(database.ownerUrl, 'commit_facts', 'insert');
  await using worker = await working();
  const auditId = await request(await createProject(team, repository));
  await until('the history job to be in hand', () => hold.isWaiting());

  await cancelAudit(team.as('member'), auditId);
  const cancelledAt = Date.now();
  await hold.release();
  await until('the worker to be idle', async () => (await jobsInHand(worker.id)) === 0);

  expect(Date.now() - cancelledAt).toBeLessThan(5_000);
  const audit = await auditEnd(auditId);
  expect(audit).toMatchObject({ status: 'cancelled', resultHash: null, gate: null });
  expect(audit.jobs.filter(({ status }) => status === 'waiting' || status === 'running')).toEqual([]);
});

function sketch(commits: Record<string, string>[]): Sketch {
  return { commits: commits.map((files, index) => ({ message: `feat: step ${index}`, files })) };
}

async function rebuild({ path: gitDir }: LocalRepository, changed: Sketch): Promise<void> {
  await buildRepository(gitDir, changed);
}

async function request(projectId: string, enabledMagics?: MagicId[]): Promise<string> {
  const choice = enabledMagics ? { enabledMagics } : {};
  const body = { auditType: 'full', priority: 'normal', ...choice } as const;
  return (await requestAudit(team.as('member'), projectId, body, { trigger: 'manual' })).taskId;
}

type TestWorker = RunningWorker & AsyncDisposable;

async function working(redis: string | null = null, kinds: readonly WorkerKind[] = WORKER_KINDS): Promise<TestWorker> {
  const options = {
    databaseUrl: database.url,
    redisUrl: redis ?? undefined,
    kinds,
    concurrency: 2,
    log: logger(),
    queuePrefix,
  };
  const worker = await startWorker(options);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= worker.stop();
    return stopped;
  };
  return { ...worker, stop, [Symbol.asyncDispose]: stop };
}

/** What the command line makes of the same commit. */
async function hashOf(repository: LocalRepository, coverage: CoverageReport | null = null): Promise<string> {
  const context = {
    repository: await openLocal(repository.path),
    cache: createMemoryCache(),
    pool: INLINE_READER,
    coverage,
  };
  const { facts } = await readFacts(context, await planCommit(context, 'refs/heads/main'));
  return judgeAll(facts, defaultPolicy, MAGIC_IDS, coverage && hashOfReport(coverage)).resultHash;
}

function judgesOf(auditId: string): Promise<number> {
  return db().auditJob.count({ where: { auditId, kind: 'judge' } });
}

async function jobsInHand(id: string): Promise<number> {
  const worker = await db().workerProcess.findUnique({ where: { id } });
  return (worker?.jobs as unknown[] | undefined)?.length ?? 0;
}

/** What a magic without findings leaves in its row. */
