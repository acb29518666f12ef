import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSystem } from '@/lib/auth/tenants';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { runGit } from '@/lib/git/run-git';
import { logger } from '@/lib/logger';
import type { Sketch } from '@/lib/magics/define';
import { Policy } from '@/lib/magics/policy';
import type { MagicId } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { Configuration, type ProjectPreview } from '@/lib/schemas/configuration';
import { getAudit, requestAudit } from '@/lib/services/audits';
import { saveConfiguration } from '@/lib/services/configuration';
import { previewConfiguration } from '@/lib/services/configuration-preview';
import { requestPastAudits } from '@/lib/services/past-audits';
import { newRowId, seal } from '@/lib/services/sealed-columns';
import { findUnchanged } from '@/lib/services/unchanged-branch';
import { auditEnd, until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam, type TestTeam } from '@/tests/support/factories';
import { makeRepository } from '@/tests/support/git-remote';
import { createPerson } from '@/tests/support/people';
import { type FakeGitHub, type FakeRepository, startFakeGitHub } from '@/tests/support/providers/fake-github';
import { nothingTold, type ToldPullRequest } from '@/tests/support/providers/github-graphql';
import { startWorker } from './worker';

const DAY_MS = 86_400_000;
/** Whole seconds, as Git keeps them. */
const STARTED = Math.floor(Date.now() / 1000) * 1000;
const ago = (days: number) => new Date(STARTED - days * DAY_MS).toISOString();

const SKETCH: Sketch = {
  commits: [20, 10, 1].map((days) => ({
    message: `feat: step ${days}`,
    files: { 'src/pay.ts': `export const paid = ${days};\n` },
    at: ago(days),
  })),
};

const SHIP = `name: ship
on: { push: { tags: ["v*"] } }
jobs:
  ship:
    runs-on: ubuntu-24.04
    steps:
      - run: npm publish
`;

let database: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-host-'));
  process.env.ELDER_DATA_DIR = dataDir;
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

function merged(number: number, more: Partial<ToldPullRequest> = {}): ToldPullRequest {
  const times = { createdAt: ago(6), mergedAt: ago(5), mergeCommit: null };
  const rest = { base: 'main', author: 'ada', isDraft: false, lines: 9, body: 'Why.', reviews: [] };
  return { number, ...times, ...rest, ...more };
}

interface Connected extends AsyncDisposable {
  team: TestTeam;
  projectId: string;
  host: FakeGitHub;
  repository: FakeRepository;
  /** Of the branch, newest first. */
  commits: string[];
  run: (kind: 'full' | 'incremental', magics?: MagicId[]) => Promise<string>;
}

/** A project at a fake GitHub that its team speaks to with a token, and a worker. */
async function connected({
  sketch = SKETCH,
  ...more
}: {
  sketch?: Sketch;
  isPrivate?: boolean;
} = {}): Promise<Connected> {
  const team = await createTeam();
  const { teamId } = team;
  const host = await startFakeGitHub();
  host.organisations.acme = ['octocat'];
  const gitDir = await makeRepository(path.join(dataDir, randomUUID(), 'shop.git'), sketch);
  const commits = (await runGit(['rev-list', 'main'], { gitDir })).toString().trim().split('\n');
  const rejected = { reviews: [{ by: 'lin', state: 'CHANGES_REQUESTED' }] };
  const approved = { reviews: [{ by: 'lin', state: 'APPROVED' }] };
  const pullRequests = Array.from({ length: 8 }, (_, at) => merged(at + 1, at === 0 ? rejected : approved));
  const stale = merged(9, { mergedAt: null, createdAt: ago(120) });
  const told = { ...nothingTold(), rules: [], pullRequests: [...pullRequests, stale] };
  const repository = host.addRepository('acme/shop', { isPrivate: true, gitDir, told, ...more });
  const id = newRowId();
  const secret = await seal('connections.secret', { teamId, rowId: id }, host.addToken(`ghp_${id}`));
  const of = { provider: 'github', baseUrl: host.url, kind: 'token' };
  await db().connection.create({ data: { ...of, id, teamId, name: 'GitHub', secret } });
  const { id: projectId } = await db().project.create({
    data: {
      ...{ teamId, name: 'Shop', branch: 'main', connectionId: id, provider: 'github', providerPath: 'acme/shop' },
      repositoryUrl: `${host.url}/acme/shop.git`,
      canonicalKey: `${host.url}/acme/shop`,
    },
  });
  const worker = await startWorker({
    ...{ databaseUrl: database.url, redisUrl: undefined, kinds: WORKER_KINDS, concurrency: 2 },
    ...{ log: logger(), queuePrefix: randomUUID() },
  });
  return {
    team,
    projectId,
    host,
    repository,
    commits,
    async run(auditType, enabledMagics) {
      const request = { auditType, priority: 'normal', ...(enabledMagics && { enabledMagics }) } as const;
      const { taskId } = await requestAudit(team.as('owner'), projectId, request, { trigger: 'manual' });
      await auditEnd(taskId);
      return taskId;
    },
    async [Symbol.asyncDispose]() {
      await worker.stop();
      await host[Symbol.asyncDispose]();
    },
  };
}

async function ruleOf(auditId: string, ruleId: string) {
  const magic = ruleId.split('/')[0] ?? '';
  const { result } = await db().auditMagic.findFirstOrThrow({ where: { auditId, magic } });
  const { rules } = result as unknown as { rules: { ruleId: string; outcome: string; reason: unknown }[] };
  const found = rules.find((rule) => rule.ruleId === ruleId);
  return found && { outcome: found.outcome, reason: found.reason };
}

async function findingsOf({ projectId }: Connected, ruleId: string): Promise<string[]> {
  const found = { projectId, ruleId, state: { not: 'fixed' as const } };
  const findings = await db().finding.findMany({ where: found, orderBy: { messageId: 'asc' } });
  return findings.map(({ messageId }) => messageId);
}

/** What is run while the project has no connection. */
async function asUnasked<Value>({ projectId }: Connected, run: () => Promise<Value>): Promise<Value> {
  const { connectionId } = await db().project.findFirstOrThrow({ where: { id: projectId } });
  await db().project.updateMany({ where: { id: projectId }, data: { connectionId: null } });
  const value = await run();
  await db().project.updateMany({ where: { id: projectId }, data: { connectionId } });
  return value;
}

const apiCalls = (host: FakeGitHub) => host.requests.filter((one) => one.path.startsWith('/api/')).length;
const breakApi = (host: FakeGitHub) => host.answerNext(/^\/api\//, { status: 503, body: {} }, 10_000);

test('an audit is judged by what the host says, and again the same when the host is down', {
  timeout: 480_000,
}, async () => {
  await using at = await connected();
  const { team, host } = at;

  const first = await at.run('full');
  const calls = apiCalls(host);
  const told = await getAudit(team.as('viewer'), first);
  breakApi(host);
  const again = await at.run('incremental');
  const toldAgain = await getAudit(team.as('viewer'), again);

  expect(told.status).toBe('completed');
  expect(told.hostEvidence).toMatchObject({ provider: 'github', calls: 6 });
  expect(told.hostEvidence?.parts.map(({ part, count, missing }) => [part, count, missing])).toEqual([
    ['protection', 0, null],
    ['pullRequests', 9, null],
    ['issues', 0, null],
    ['checks', 0, null],
  ]);
  expect(calls).toBe(6);
  expect(await ruleOf(first, 'flow/has-branch-protection')).toMatchObject({ outcome: 'failed' });
  expect(await ruleOf(first, 'sages/no-ignored-advice')).toMatchObject({ outcome: 'failed' });
  expect(await ruleOf(first, 'sages/no-stale-request')).toMatchObject({ outcome: 'failed' });
  expect(toldAgain.hostEvidence).toEqual({ ...told.hostEvidence, calls: 0 });
  expect(told.resultHash).toMatch(/^[\da-f]{64}$/);
  expect(toldAgain.resultHash).toBe(told.resultHash);

  const whole = await at.run('full');
  const toldDown = await getAudit(team.as('viewer'), whole);

  expect(toldDown.status).toBe('completed');
  expect(toldDown.hostEvidence?.parts.every(({ missing }) => missing?.reason === 'host-down')).toBe(true);
  expect(await ruleOf(whole, 'flow/has-branch-protection')).toEqual({
    outcome: 'not-available',
    reason: { id: 'host-down', data: {} },
  });
  expect(toldDown.resultHash).not.toBe(told.resultHash);
});

test('how changes came in, who approved those of helpers and whether publishing works is what the host says', {
  timeout: 480_000,
}, async () => {
  const AGENT = 'Co-authored-by: Claude <noreply@anthropic.com>';
  const step = (message: string, days: number) => ({
    message,
    author: `${days % 20 === 0 ? 'Ada' : 'Lin'} <${days}@example.org>`,
    committer: 'GitHub <noreply@github.com>',
    files: { 'src/pay.ts': `export const paid = ${days};\n` },
    at: ago(days),
  });
  await using at = await connected({
    isPrivate: false,
    sketch: {
      files: { '.github/workflows/ship.yml': SHIP },
      commits: [step('Start', 50), step('Take cards', 40), step('Take cash', 30), step(`Mend it\n\n${AGENT}`, 20)],
    },
  });
  const rules = ['flow/no-direct-push', 'servant/has-supervised-helpers', 'flow/has-release-automation'];
  const found = () => Promise.all(rules.map((ruleId) => findingsOf(at, ruleId)));
  const unasked = await asUnasked(at, () => at.run('full'));
  const foundUnasked = await found();
  const [mended = '', cash = '', cards = ''] = at.commits;
  const approved = [{ by: 'lin', state: 'APPROVED' }];
  const failed = { name: 'ship', startedAt: ago(2), completedAt: ago(1), conclusion: 'FAILURE' };
  Object.assign(at.repository.told, {
    pullRequests: [
      merged(3, { mergeCommit: mended, createdAt: ago(20) }),
      merged(2, { mergeCommit: cash, reviews: approved }),
      merged(1, { mergeCommit: cards, reviews: approved }),
    ],
    checks: [mended, cash].map((commit) => ({ ...failed, commit })),
  });

  const asked = await at.run('full');

  expect(foundUnasked).toEqual([[], ['none-reviewed'], ['bill', 'unsigned']]);
  expect(await found()).toEqual([[], ['unreviewed'], ['bill', 'failing', 'unsigned']]);
  expect(await ruleOf(unasked, rules[0] ?? '')).toMatchObject({ outcome: 'not-applicable' });
  expect(await ruleOf(asked, rules[0] ?? '')).toMatchObject({ outcome: 'passed' });
  expect((await db().hostEvidence.findFirstOrThrow({ where: { auditId: asked } })).calls).toBeLessThanOrEqual(60);
});

test('nothing changed while the host says the same, and something did when it says more or is down', {
  timeout: 480_000,
}, async () => {
  await using at = await connected();
  const auditId = await at.run('full');
  const { commitId, policy } = await db().audit.findFirstOrThrow({ where: { id: auditId } });
  const unchanged = () => asSystem(() => findUnchanged(at.projectId, Policy.parse(policy), { log: logger() }));

  const same = await unchanged();
  at.repository.told.pullRequests.push(merged(10));
  const more = await unchanged();
  at.repository.told.pullRequests.pop();
  const again = await unchanged();
  breakApi(at.host);
  const down = await unchanged();

  expect([same, more, again, down]).toEqual([commitId, null, commitId, null]);
});

test('a magic that runs alone takes what the others were judged by, however long ago', {
  timeout: 480_000,
}, async () => {
  await using at = await connected();
  const first = await at.run('full');
  await db().hostEvidence.updateMany({
    where: { auditId: first },
    data: { askedAt: new Date(Date.now() - 30 * DAY_MS) },
  });
  breakApi(at.host);

  const alone = await at.run('incremental', ['flow']);
  const later = await at.run('incremental');

  const hashes = await Promise.all(
    [first, alone, later].map((auditId) => db().hostEvidence.findFirst({ where: { auditId } })),
  );
  expect(hashes[1]).toMatchObject({ hash: hashes[0]?.hash, calls: 0 });
  expect(await ruleOf(alone, 'flow/has-branch-protection')).toMatchObject({ outcome: 'failed' });
  // A whole audit does not take what is as old as that.
  expect(hashes[2]?.hash).not.toBe(hashes[0]?.hash);
});

test('a token that is refused fails no audit, and says what is missing', { timeout: 480_000 }, async () => {
  await using at = await connected({ isPrivate: false });
  for (const token of at.host.tokens.values())
    Object.assign(token, { scopes: null, forbidden: ['repository.pullRequests'] });

  const auditId = await at.run('full');

  expect(await ruleOf(auditId, 'sages/no-stale-request')).toEqual({
    outcome: 'not-available',
    reason: { id: 'host-scope', data: { needed: 'Pull requests: read' } },
  });
  expect((await db().audit.findFirstOrThrow({ where: { id: auditId } })).status).toBe('completed');
});

test('audits of past weeks ask nothing', { timeout: 480_000 }, async () => {
  await using at = await connected();
  await at.run('full');
  const calls = apiCalls(at.host);

  await requestPastAudits(at.team.as('owner'), at.projectId, { weeks: 2 });
  const past = { projectId: at.projectId, asOf: { not: null } };
  await until('the past', async () => {
    const open = await db().audit.count({ where: { ...past, status: { in: ['queued', 'running'] } } });
    return open === 0 && (await db().audit.count({ where: past })) > 0;
  });

  const audits = await db().audit.findMany({ where: past, include: { hostEvidence: true } });
  expect(audits.map(({ status, hostEvidence }) => [status, hostEvidence])).toEqual(
    audits.map(() => ['completed', null]),
  );
  expect(await ruleOf(audits[0]?.id ?? '', 'sages/no-ignored-advice')).toMatchObject({ reason: { id: 'no-provider' } });
  expect(apiCalls(at.host)).toBe(calls);
});

test('a preview says what the audit after saving says of the same words of the host', {
  timeout: 480_000,
}, async () => {
  await using at = await connected();
  const { teamId } = at.team;
  const admin = await createPerson({ [teamId]: 'admin' });
  await at.run('full');
  const changes = [
    { strictness: 0.95 },
    { rules: { 'sages/no-stale-request': { options: { maxRequestDays: 200 } } } },
    { rules: { 'flow/has-branch-protection': { severity: 'critical' } } },
  ];
  const preview = async (configuration: Configuration): Promise<ProjectPreview> => {
    const { items } = await previewConfiguration(await admin.ask(), teamId, { configuration });
    if (!items[0]) throw new Error('no project');
    return items[0];
  };

  for (const [version, settings] of changes.entries()) {
    const configuration = Configuration.parse(settings);
    const told = await preview(configuration);
    await saveConfiguration(await admin.ask(), teamId, { version, configuration, preset: null, reason: 'Try.' });
    await at.run('full');
    const real = await preview(configuration);

    expect([version, told.isExact, told.needAudit]).toEqual([version, true, []]);
    expect([version, told.next?.counts, told.next?.healthScore]).toEqual([
      version,
      real.now?.counts,
      real.now?.healthScore,
    ]);
    expect(told.next?.magics).toEqual(real.now?.magics);
  }
});
